using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>What Binance USD-M answers when asked.</summary>
/// <param name="venue">Its key.</param>
/// <param name="feed">Which stream feeds trades: the numbers of past trades are those of the same kind.</param>
internal sealed class UsdmData(VenueId venue, UsdmTradeFeed feed) : VenueData
{
    private static readonly TimeSpan UsualFundingInterval = TimeSpan.FromHours(8);

    // Funding is paid once an hour at the most, so an answer holds every one of so many hours.
    private static readonly TimeSpan FundingReach = TimeSpan.FromHours(UsdmRequests.MaxRows - 1);

    // Statistics go back a month: https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Open-Interest-Statistics.
    private static readonly TimeSpan StatisticsReach = TimeSpan.FromDays(30) - TimeSpan.FromMinutes(10);

    private static readonly CandleInterval[] Periods =
        [.. ((string[])["5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d"]).Select(CandleInterval.Parse)];

    /// <inheritdoc />
    public override VenueCapabilities Capabilities { get; } = new()
    {
        Candles = CandleInterval.All,
        OpenInterest = true,
        OpenInterestHistory = Periods,
        FundingHistory = true,
        FundingForecast = true,
        LongShort = Periods,
        Tickers = true,
        RecentTrades = true,
        TradesById = feed == UsdmTradeFeed.Aggregates,
        ConsecutiveTrades = true,
        Liquidations = true,
    };

    /// <inheritdoc />
    public override Task<IReadOnlyList<Candle>> CandlesAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        Pages.ReadAsync(range, candle => candle.Start, UsdmRequests.MaxCandles, async page => UsdmAnswers.Candles(await rest.SendAsync(
            UsdmRequests.Candles(instrument.Symbol, interval.Name, Milliseconds(page.From), Milliseconds(page.To), page.Limit), cancellationToken)));

    /// <inheritdoc />
    public override async Task<OpenInterestPoint> OpenInterestAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken)
    {
        var interest = UsdmAnswers.OpenInterest(await rest.SendAsync(UsdmRequests.OpenInterest(instrument.Symbol), cancellationToken));
        var premium = await PremiumAsync(rest, instrument, cancellationToken);
        return interest with { Value = interest.Quantity * premium?.Mark };
    }

    /// <inheritdoc />
    public override Task<IReadOnlyList<OpenInterestPoint>> OpenInterestHistoryAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval step, DataRange range, CancellationToken cancellationToken) =>
        StatisticsAsync(
            rest, range, step, point => point.At,
            (length, from, to, limit) => UsdmRequests.OpenInterestHistory(instrument.Symbol, length.Name, from, to, limit),
            body => UsdmAnswers.OpenInterestHistory(body), cancellationToken);

    /// <inheritdoc />
    public override Task<IReadOnlyList<LongShortPoint>> LongShortAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval step, DataRange range, CancellationToken cancellationToken) =>
        StatisticsAsync(
            rest, range, step, point => point.At,
            (length, from, to, limit) => UsdmRequests.LongShort(instrument.Symbol, length.Name, from, to, limit),
            body => UsdmAnswers.LongShort(body), cancellationToken);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<FundingPoint>> FundingHistoryAsync(
        VenueRest rest, InstrumentListing instrument, DataRange range, CancellationToken cancellationToken)
    {
        var interval = await FundingIntervalAsync(rest, instrument, cancellationToken);
        var rows = await Pages.ReadAsync(range, row => row.Time, UsdmRequests.MaxRows, async page =>
        {
            // An end without a start is not documented; a start and an end give the oldest between them, so no more may lie there than are given.
            var from = page.From ?? (page.To is { } to ? to + -FundingReach : null);
            var limit = from is null ? Math.Min(page.Limit, UsdmRequests.MaxNewestFundings) : UsdmRequests.MaxRows;
            return UsdmAnswers.FundingHistory(await rest.SendAsync(
                UsdmRequests.FundingHistory(instrument.Symbol, Milliseconds(from), Milliseconds(page.To), limit), cancellationToken));
        });
        return [.. rows.Select(row => new FundingPoint(row.Time, row.Rate, interval))];
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<FundingForecast>> FundingForecastsAsync(
        VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        await PremiumAsync(rest, instrument, cancellationToken) is { FundingRate: { } rate, NextFundingAt: { IsUnknown: false } next }
            ? [new FundingForecast(venue.Key, rate, next, await FundingIntervalAsync(rest, instrument, cancellationToken))]
            : [];

    /// <inheritdoc />
    public override async Task<IReadOnlyList<DayTicker>> TickersAsync(VenueRest rest, InstrumentListing? instrument, CancellationToken cancellationToken)
    {
        var tickers = UsdmAnswers.Tickers(await rest.SendAsync(UsdmRequests.Tickers(instrument?.Symbol), cancellationToken));
        var premiums = UsdmAnswers.PremiumIndex(await rest.SendAsync(UsdmRequests.PremiumIndex(instrument?.Symbol), cancellationToken))
            .ToLookup(premium => premium.Symbol, StringComparer.Ordinal);
        return [.. tickers.Select(ticker => Join(ticker, premiums[ticker.Symbol].FirstOrDefault()))];
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<PastTrade>> RecentTradesAsync(
        VenueRest rest, InstrumentListing instrument, int limit, CancellationToken cancellationToken)
    {
        var most = Math.Min(limit, UsdmRequests.MaxRows);
        var trades = feed == UsdmTradeFeed.Aggregates
            ? UsdmAnswers.AggregateTrades(await rest.SendAsync(UsdmRequests.AggregateTrades(instrument.Symbol, fromId: null, most), cancellationToken))
            : UsdmAnswers.Trades(await rest.SendAsync(UsdmRequests.Trades(instrument.Symbol, most), cancellationToken));
        return [.. trades.OrderBy(trade => trade.TradeId)];
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<PastTrade>> TradesFromAsync(
        VenueRest rest, InstrumentListing instrument, long firstId, CancellationToken cancellationToken) =>
        Capabilities.TradesById
            ? [.. UsdmAnswers.AggregateTrades(await rest.SendAsync(UsdmRequests.AggregateTrades(instrument.Symbol, firstId), cancellationToken)).OrderBy(trade => trade.TradeId)]
            : await base.TradesFromAsync(rest, instrument, firstId, cancellationToken);

    private static long? Milliseconds(Timestamp? moment) => moment?.UnixMilliseconds;

    private static DayTicker Join(UsdmTicker ticker, UsdmPremium? premium) => new()
    {
        Symbol = ticker.Symbol,
        Last = ticker.Last,
        Mark = premium?.Mark,
        Index = premium?.Index,
        Open = ticker.Open,
        High = ticker.High,
        Low = ticker.Low,
        BaseVolume = ticker.BaseVolume,
        QuoteVolume = ticker.QuoteVolume,
        FundingRate = premium?.FundingRate,
        NextFundingAt = premium?.NextFundingAt ?? default,
        Trades = ticker.Trades,
    };

    private static async Task<UsdmPremium?> PremiumAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        UsdmAnswers.PremiumIndex(await rest.SendAsync(UsdmRequests.PremiumIndex(instrument.Symbol), cancellationToken))
            .FirstOrDefault(premium => premium.Symbol == instrument.Symbol);

    private static async Task<TimeSpan> FundingIntervalAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        UsdmAnswers.FundingIntervals(await rest.SendAsync(UsdmRequests.FundingInfo, cancellationToken)).GetValueOrDefault(instrument.Symbol, UsualFundingInterval);

    private static Task<IReadOnlyList<T>> StatisticsAsync<T>(
        VenueRest rest,
        DataRange range,
        CandleInterval step,
        Func<T, Timestamp> timeOf,
        Func<CandleInterval, long?, long?, int, RestRequest> request,
        Func<ReadOnlyMemory<byte>, IReadOnlyList<T>> read,
        CancellationToken cancellationToken) => new SteppedList<T>
        {
            Step = step,
            Longest = Periods[^1],
            Page = UsdmRequests.MaxStatistics,
            Memory = StatisticsReach,
            AnswersNewest = true,
            TimeOf = timeOf,
            Now = async () => UsdmAnswers.Time(await rest.SendAsync(UsdmRequests.Time, cancellationToken)),
            Ask = async (length, from, to, limit) => read(await rest.SendAsync(request(length, Milliseconds(from), Milliseconds(to), limit), cancellationToken)),
        }.ReadAsync(range);
}
