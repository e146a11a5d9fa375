using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.BinanceSpot;

/// <summary>What Binance spot answers when asked.</summary>
/// <param name="feed">Which stream feeds trades: the numbers of past trades are those of the same kind.</param>
internal sealed class SpotData(SpotTradeFeed feed) : VenueData
{
    /// <inheritdoc />
    public override VenueCapabilities Capabilities { get; } = new()
    {
        Candles = CandleInterval.All,
        Tickers = true,
        RecentTrades = true,
        TradesById = true,
        ConsecutiveTrades = true,
    };

    /// <inheritdoc />
    public override Task<IReadOnlyList<Candle>> CandlesAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        Pages.ReadAsync<Candle>(range, candle => candle.Start, BinanceSpotRequests.MaxRows, async page =>
            [.. BinanceSpotAnswers.Candles(await rest.SendAsync(
                BinanceSpotRequests.Candles(instrument.Symbol, interval.Name, Milliseconds(page.From), Milliseconds(page.To), page.Limit), cancellationToken)).Select(Tell)]);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<DayTicker>> TickersAsync(VenueRest rest, InstrumentListing? instrument, CancellationToken cancellationToken) =>
        [.. BinanceSpotAnswers.Tickers(await rest.SendAsync(BinanceSpotRequests.Tickers(instrument?.Symbol), cancellationToken)).Select(Tell)];

    /// <inheritdoc />
    public override async Task<IReadOnlyList<PastTrade>> RecentTradesAsync(
        VenueRest rest, InstrumentListing instrument, int limit, CancellationToken cancellationToken)
    {
        var most = Math.Min(limit, BinanceSpotRequests.MaxRows);
        return feed == SpotTradeFeed.Aggregates
            ? Tell(BinanceSpotAnswers.AggregateTrades(await rest.SendAsync(
                BinanceSpotRequests.AggregateTradesBetween(instrument.Symbol, limit: most), cancellationToken)))
            : Tell(BinanceSpotAnswers.Trades(await rest.SendAsync(BinanceSpotRequests.Trades(instrument.Symbol, most), cancellationToken)));
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<PastTrade>> TradesFromAsync(
        VenueRest rest, InstrumentListing instrument, long firstId, CancellationToken cancellationToken) => feed == SpotTradeFeed.Aggregates
            ? Tell(BinanceSpotAnswers.AggregateTrades(await rest.SendAsync(BinanceSpotRequests.AggregateTrades(instrument.Symbol, firstId), cancellationToken)))
            : Tell(BinanceSpotAnswers.Trades(await rest.SendAsync(BinanceSpotRequests.HistoricalTrades(instrument.Symbol, firstId), cancellationToken)));

    private static long? Milliseconds(Timestamp? moment) => moment?.UnixMilliseconds;

    private static Candle Tell(BinanceSpotCandle candle) => new(
        candle.Start, candle.Open, candle.High, candle.Low, candle.Close, candle.BaseVolume, candle.QuoteVolume, candle.Trades);

    private static PastTrade[] Tell(IReadOnlyList<BinanceSpotTrade> trades) =>
        [.. trades.OrderBy(trade => trade.TradeId).Select(trade => new PastTrade(trade.TradeId, trade.Price, trade.Quantity, trade.TakerSide, trade.Time))];

    private static DayTicker Tell(BinanceSpotTicker ticker) => new()
    {
        Symbol = ticker.Symbol,
        Last = ticker.LastPrice,
        Open = ticker.OpenPrice,
        High = ticker.HighPrice,
        Low = ticker.LowPrice,
        BaseVolume = ticker.BaseVolume,
        QuoteVolume = ticker.QuoteVolume,
        Trades = ticker.Trades,
    };
}
