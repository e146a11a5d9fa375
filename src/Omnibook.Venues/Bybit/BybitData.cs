using System.Text;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.Bybit;

/// <summary>What Bybit answers when asked.</summary>
/// <param name="venue">Its key.</param>
internal sealed class BybitData(VenueId venue) : VenueData
{
    private const int MaxCandles = 1000;
    private const int MaxFundings = 200;
    private const int MaxOpenInterests = 200;
    private const int MaxRatios = 500;
    private const int MaxTrades = 1000;

    // The rows of ten years of funding at every eight hours.
    private const int MaxFundingsAfterAStart = 11_000;

    // https://bybit-exchange.github.io/docs/v5/enum#interval; 8h and 3d do not exist, and nothing stands in for them.
    private static readonly Dictionary<string, string> Intervals = new(StringComparer.Ordinal)
    {
        ["1m"] = "1",
        ["3m"] = "3",
        ["5m"] = "5",
        ["15m"] = "15",
        ["30m"] = "30",
        ["1h"] = "60",
        ["2h"] = "120",
        ["4h"] = "240",
        ["6h"] = "360",
        ["12h"] = "720",
        ["1d"] = "D",
        ["1w"] = "W",
        ["1M"] = "M",
    };

    // https://bybit-exchange.github.io/docs/v5/enum#intervaltime
    private static readonly Dictionary<string, string> Periods = new(StringComparer.Ordinal)
    {
        ["5m"] = "5min",
        ["15m"] = "15min",
        ["30m"] = "30min",
        ["1h"] = "1h",
        ["4h"] = "4h",
        ["1d"] = "1d",
    };

    // The venue opened in 2018.
    private static readonly TimeSpan History = TimeSpan.FromDays(10 * 366);

    private static readonly CandleInterval Day = CandleInterval.Parse("1d");

    /// <inheritdoc />
    public override VenueCapabilities Capabilities { get; } = new()
    {
        Candles = [.. CandleInterval.All.Where(interval => Intervals.ContainsKey(interval.Name))],
        OpenInterest = true,
        OpenInterestHistory = [.. CandleInterval.All.Where(interval => Periods.ContainsKey(interval.Name))],
        FundingHistory = true,
        FundingForecast = true,
        LongShort = [.. CandleInterval.All.Where(interval => Periods.ContainsKey(interval.Name))],
        Tickers = true,
        RecentTrades = true,
        Liquidations = true,
    };

    /// <inheritdoc />
    public override Task<IReadOnlyList<Candle>> CandlesAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        ReadAsync<Candle>(
            rest, range, interval, MaxCandles, candle => candle.Start,
            (length, from, to, limit) => BybitRequests.Candles(instrument.WireSymbol, Intervals[length.Name], from, to, limit),
            body => [.. BybitAnswers.Candles(body).Select(Tell)], cancellationToken);

    /// <inheritdoc />
    public override async Task<OpenInterestPoint> OpenInterestAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken)
    {
        var (ticker, at) = await TickerAsync(rest, instrument, cancellationToken);
        var quantity = OneSide(ticker) ?? throw new VenueRequestException(RequestFailure.Unreadable, $"The ticker of {ticker.Symbol} has no open interest.");
        return new OpenInterestPoint(at, quantity, quantity * ticker.MarkPrice);
    }

    /// <inheritdoc />
    /// <remarks>The worth is that at the mark price of the moment: the opening price of the mark's candle.</remarks>
    public override async Task<IReadOnlyList<OpenInterestPoint>> OpenInterestHistoryAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval step, DataRange range, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(
            rest, range, step, MaxOpenInterests, row => row.Timestamp,
            (length, from, to, limit) => BybitRequests.OpenInterest(instrument.WireSymbol, Periods[length.Name], from, to, cursor: null, limit),
            body => BybitAnswers.OpenInterest(body).Rows, cancellationToken);
        var marks = await MarksAsync(rest, instrument, step, rows, cancellationToken);
        return [.. rows.Select(row => (Row: row, Quantity: row.SingleOpenInterest ?? row.OpenInterest / 2))
            .Select(point => new OpenInterestPoint(
                point.Row.Timestamp, point.Quantity, marks.TryGetValue(step.StartOf(point.Row.Timestamp), out var mark) ? point.Quantity * mark : null))];
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<FundingPoint>> FundingHistoryAsync(
        VenueRest rest, InstrumentListing instrument, DataRange range, CancellationToken cancellationToken)
    {
        // The venue pages from the newest back, and refuses a start without an end.
        var wanted = range.From is null ? range : new DataRange(MaxFundingsAfterAStart, To: range.To);
        var rows = await Pages.ReadAsync(wanted, row => row.FundingRateTimestamp, MaxFundings, async page => page.To < range.From
            ? []
            : BybitAnswers.FundingHistory(await rest.SendAsync(
                BybitRequests.FundingHistory(instrument.WireSymbol, start: null, Milliseconds(page.To), page.Limit), cancellationToken)));
        var (ticker, _) = await TickerAsync(rest, instrument, cancellationToken);
        return [.. rows.Where(row => !(row.FundingRateTimestamp < range.From)).Take(range.Limit)
            .Select(row => new FundingPoint(row.FundingRateTimestamp, row.FundingRate, IntervalOf(ticker)))];
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<FundingForecast>> FundingForecastsAsync(
        VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken)
    {
        var (ticker, _) = await TickerAsync(rest, instrument, cancellationToken);
        return ticker.FundingRate is { } rate ? [new FundingForecast(venue.Key, rate, ticker.NextFundingTime, IntervalOf(ticker))] : [];
    }

    /// <inheritdoc />
    public override Task<IReadOnlyList<LongShortPoint>> LongShortAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval step, DataRange range, CancellationToken cancellationToken) =>
        ReadAsync<LongShortPoint>(
            rest, range, step, MaxRatios, point => point.At,
            (length, from, to, limit) => BybitRequests.AccountRatio(instrument.WireSymbol, Periods[length.Name], from, to, cursor: null, limit),
            body => [.. BybitAnswers.AccountRatio(body).Rows.Select(row => new LongShortPoint(row.Timestamp, row.BuyRatio, row.SellRatio))], cancellationToken);

    /// <inheritdoc />
    public override async Task<IReadOnlyList<DayTicker>> TickersAsync(VenueRest rest, InstrumentListing? instrument, CancellationToken cancellationToken) =>
        [.. BybitAnswers.Tickers(await rest.SendAsync(BybitRequests.Tickers(instrument?.WireSymbol), cancellationToken)).Select(Tell)];

    /// <inheritdoc />
    public override async Task<IReadOnlyList<PastTrade>> RecentTradesAsync(
        VenueRest rest, InstrumentListing instrument, int limit, CancellationToken cancellationToken) =>
        [.. BybitAnswers.RecentTrades(await rest.SendAsync(BybitRequests.RecentTrades(instrument.WireSymbol, Math.Min(limit, MaxTrades)), cancellationToken))
            .Reverse()
            .Select(trade => new PastTrade(BybitTradeId.Of(Encoding.ASCII.GetBytes(trade.ExecId)), trade.Price, trade.Size, trade.Side, trade.Time))];

    /// <summary>The venue counts both sides, and since 2026-06-11 one side too.</summary>
    private static decimal? OneSide(BybitTickerRow ticker) => ticker.SingleOpenInterest ?? ticker.OpenInterest / 2;

    private static TimeSpan? IntervalOf(BybitTickerRow ticker) =>
        ticker.FundingIntervalHour is { } hours ? TimeSpan.FromTicks((long)(hours * TimeSpan.TicksPerHour)) : null;

    private static long? Milliseconds(Timestamp? moment) => moment?.UnixMilliseconds;

    private static Candle Tell(BybitCandle candle) => new(
        candle.Start, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume ?? 0, candle.Turnover, Trades: null);

    private static DayTicker Tell(BybitTickerRow ticker) => new()
    {
        Symbol = ticker.Symbol,
        Last = ticker.LastPrice,
        Mark = ticker.MarkPrice,
        Index = ticker.IndexPrice,
        Open = ticker.PrevPrice24h,
        High = ticker.HighPrice24h,
        Low = ticker.LowPrice24h,
        BaseVolume = ticker.Volume24h,
        QuoteVolume = ticker.Turnover24h,
        OpenInterest = OneSide(ticker),
        FundingRate = ticker.FundingRate,
        NextFundingAt = ticker.NextFundingTime,
    };

    /// <summary>Between a start and an end the venue keeps the newest of too many; a window never holds more than an answer, so that it does not matter.</summary>
    private static Task<IReadOnlyList<T>> ReadAsync<T>(
        VenueRest rest,
        DataRange range,
        CandleInterval step,
        int page,
        Func<T, Timestamp> timeOf,
        Func<CandleInterval, long?, long?, int, RestRequest> request,
        Func<ReadOnlyMemory<byte>, IReadOnlyList<T>> read,
        CancellationToken cancellationToken) => new SteppedList<T>
        {
            Step = step,
            Longest = Day,
            Page = page,
            Memory = History,
            AnswersNewest = true,
            TimeOf = timeOf,
            Now = async () => BybitAnswers.Time(await rest.SendAsync(BybitRequests.Time, cancellationToken)),
            Ask = async (length, from, to, limit) => read(await rest.SendAsync(request(length, Milliseconds(from), Milliseconds(to), limit), cancellationToken)),
        }.ReadAsync(range);

    private static async Task<(BybitTickerRow Ticker, Timestamp At)> TickerAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken)
    {
        var body = await rest.SendAsync(BybitRequests.Tickers(instrument.WireSymbol), cancellationToken);
        return BybitAnswers.Tickers(body) is [var ticker, ..]
            ? (ticker, BybitAnswer.TimeOf(body))
            : throw new VenueRequestException(RequestFailure.Rejected, $"Bybit has no ticker of {instrument.Symbol}.");
    }

    private static async Task<Dictionary<Timestamp, decimal>> MarksAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval step, IReadOnlyList<BybitOpenInterest> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var range = new DataRange(rows.Count, To: rows[^1].Timestamp);
        var marks = await Pages.ReadAsync(range, candle => candle.Start, MaxCandles, async page => BybitAnswers.Candles(await rest.SendAsync(
            BybitRequests.MarkCandles(instrument.WireSymbol, Intervals[step.Name], start: null, Milliseconds(page.To), page.Limit), cancellationToken)));
        return marks.ToDictionary(candle => candle.Start, candle => candle.Open);
    }
}
