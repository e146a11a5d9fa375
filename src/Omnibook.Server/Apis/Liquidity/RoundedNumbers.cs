using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity;

/// <summary>Numbers as the dialect tells them: rounded, and null where there is none.</summary>
internal static class RoundedNumbers
{
    /// <summary>As it is told.</summary>
    public static decimal? Round(decimal? value, int decimals) =>
        value is { } known ? decimal.Round(known, decimals, MidpointRounding.AwayFromZero) : null;

    /// <summary>A name, with what stands before it, and a number.</summary>
    public static FrameWriter Number(this FrameWriter writer, ReadOnlySpan<byte> name, decimal? value, int decimals) =>
        Round(value, decimals) is { } known ? writer.Raw(name).Decimal(known) : writer.Raw(name).Raw("null"u8);
}
