namespace Omnibook.Server.Apis.MarketData.Live;

/// <summary>What a trade is worth, as frames carry it: whole millionths of the quote asset, which is taken for a dollar.</summary>
internal static class Worth
{
    private const decimal UnitsPerOne = 1_000_000;
    private const decimal Most = long.MaxValue / UnitsPerOne;

    /// <summary>The worth of an amount; what does not fit is as much as does.</summary>
    public static long Of(decimal amount) => amount >= Most ? long.MaxValue - 1 : (long)(amount * UnitsPerOne);
}
