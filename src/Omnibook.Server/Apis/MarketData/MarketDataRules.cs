using Omnibook.Core.Derived;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>What the dialect takes for granted.</summary>
internal sealed record MarketDataRules
{
    /// <summary>A trade of at least this much of the quote asset is a large one. Setting <c>LARGE_TRADE_THRESHOLD_USD</c>.</summary>
    public decimal LargeTradeUsd { get; init; } = 100_000;

    /// <summary>The symbols that are watched where none is named. Setting <c>SUPPORTED_SYMBOLS</c>.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = ["BTCUSDT", "ETHUSDT", "SOLUSDT"];

    /// <summary>The intervals that are watched where none is named. Setting <c>SUPPORTED_INTERVALS</c>.</summary>
    public IReadOnlyList<CandleInterval> Intervals { get; init; } = [CandleInterval.Parse("5m"), CandleInterval.Parse("15m"), CandleInterval.Parse("1h")];
}
