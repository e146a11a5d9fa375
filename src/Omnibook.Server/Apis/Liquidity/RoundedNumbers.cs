using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>Numbers as the dialect tells them: rounded, and null where there is none.</summary>
internal static class RoundedNumbers
{
    /// <summary>As it is told.</summary>
    public static decimal? Round(decimal? value, int decimals) =>
        value is { } known ? decimal.Round(known, decimals, MidpointRounding.AwayFromZero) : null;

    /// <summary>How many decimals prices of this height are told with: coins that cost a cent need more.</summary>
    public static int PriceDecimals(decimal? price, int usual) => price switch
    {
        >= 100 or null => usual,
        >= 1 => usual + 2,
        _ => usual + 6,
    };

    /// <summary>A name, with what stands before it, and a number.</summary>
    public static FrameWriter Number(this FrameWriter writer, ReadOnlySpan<byte> name, decimal? value, int decimals) =>
        Round(value, decimals) is { } known ? writer.Raw(name).Decimal(known) : writer.Raw(name).Raw("null"u8);
}
