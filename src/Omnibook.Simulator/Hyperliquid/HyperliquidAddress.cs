namespace Omnibook.Simulator.Hyperliquid;

/// <summary>Addresses of users: 0x and 40 hexadecimal digits, in any case.</summary>
internal static class HyperliquidAddress
{
    /// <summary>True for an address.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: 42 } && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && text.AsSpan(2).IndexOfAnyExcept(Digits) < 0;

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
