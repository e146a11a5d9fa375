using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.Coinbase;

/// <summary>What Coinbase answers when asked.</summary>
internal sealed class CoinbaseData : VenueData
{
    private static readonly Dictionary<string, string> Granularities = new(StringComparer.Ordinal)
    {
        ["1m"] = "ONE_MINUTE",
        ["5m"] = "FIVE_MINUTE",
        ["15m"] = "FIFTEEN_MINUTE",
        ["30m"] = "THIRTY_MINUTE",
        ["1h"] = "ONE_HOUR",
        ["2h"] = "TWO_HOUR",
        ["4h"] = "FOUR_HOUR",
        ["6h"] = "SIX_HOUR",
        ["1d"] = "ONE_DAY",
    };

    private static readonly CandleInterval Day = CandleInterval.Parse("1d");

    // The venue's first trade was in 2015.
    private static readonly Timestamp Beginning = Timestamp.From(new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <inheritdoc />
    public override VenueCapabilities Capabilities { get; } = new()
    {
        Candles = [.. CandleInterval.All.Where(interval => Granularities.ContainsKey(interval.Name))],
        Tickers = true,
        RecentTrades = true,
        ConsecutiveTrades = true,
    };

    /// <inheritdoc />
    /// <remarks>Those without a trade are left out by the venue.</remarks>
    public override Task<IReadOnlyList<Candle>> CandlesAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        new SteppedList<Candle>
        {
            Step = interval,
            Longest = Day,
            Page = CoinbaseRequests.MaxCandles,
            TimeOf = candle => candle.Start,
            Now = async () => CoinbaseAnswers.ProductBook(await rest.SendAsync(CoinbaseRequests.ProductBook(instrument.Symbol, limit: 1), cancellationToken)).Time,

            // The venue counts seconds: a start is the first within the range, an end the last.
            Ask = async (length, from, to, _) =>
                [.. CoinbaseAnswers.Candles(await rest.SendAsync(
                    CoinbaseRequests.Candles(instrument.Symbol, Granularities[length.Name], Seconds(from!.Value + TimeSpan.FromMilliseconds(999)), Seconds(to!.Value)), cancellationToken)).Select(Tell)],
        }.ReadAsync(range.From < Beginning ? range with { From = Beginning } : range);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<DayTicker>> TickersAsync(VenueRest rest, InstrumentListing? instrument, CancellationToken cancellationToken) =>
        [.. CoinbaseAnswers.Products(await rest.SendAsync(
            instrument is null ? CoinbaseRequests.Products() : CoinbaseRequests.Product(instrument.Symbol), cancellationToken)).Select(Tell)];

    /// <inheritdoc />
    public override async Task<IReadOnlyList<PastTrade>> RecentTradesAsync(
        VenueRest rest, InstrumentListing instrument, int limit, CancellationToken cancellationToken) =>
        [.. CoinbaseAnswers.Trades(await rest.SendAsync(
            CoinbaseRequests.Trades(instrument.Symbol, limit: Math.Min(limit, CoinbaseRequests.MaxTrades)), cancellationToken)).Trades
            .OrderBy(trade => trade.TradeId)
            .Select(trade => new PastTrade(trade.TradeId, trade.Price, trade.Size, trade.TakerSide, trade.Time))];

    private static long Seconds(Timestamp moment) => moment.UnixMilliseconds / 1000;

    private static Candle Tell(CoinbaseCandle candle) => new(
        candle.Start, candle.Open, candle.High, candle.Low, candle.Close, candle.BaseVolume, QuoteVolume: null, Trades: null);

    private static DayTicker Tell(CoinbaseProductRow row) => new()
    {
        Symbol = row.Product,
        Last = row.Price,
        Open = DayChange.OpenOf(row.Price, row.ChangePercent),
        BaseVolume = row.BaseVolume,
        QuoteVolume = row.QuoteVolume,
    };
}
