using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.Lighter;

/// <summary>What Lighter answers when asked. Every request counts one of sixty a minute, so few are made.</summary>
/// <param name="venue">Its key.</param>
internal sealed class LighterData(VenueId venue) : VenueData
{
    private const int MaxRows = 500;
    private const int MaxTrades = 100;
    private const string OwnName = "lighter";
    private static readonly CandleInterval Hour = CandleInterval.Parse("1h");
    private static readonly CandleInterval Day = CandleInterval.Parse("1d");

    // The main network opened in 2025; four years are more than there can be until long after that.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(4 * 365);

    /// <inheritdoc />
    public override VenueCapabilities Capabilities { get; } = new()
    {
        // https://apidocs.lighter.xyz/reference/candles
        Candles = [.. ((string[])["1m", "5m", "15m", "30m", "1h", "4h", "12h", "1d"]).Select(CandleInterval.Parse)],
        OpenInterest = true,
        FundingHistory = true,
        FundingForecast = true,
        Tickers = true,
        RecentTrades = true,
        Liquidations = true,
    };

    /// <inheritdoc />
    public override Task<IReadOnlyList<Candle>> CandlesAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        ReadAsync<Candle>(
            rest, range, interval, candle => candle.Start,
            (length, from, to) => LighterRequests.Candles(instrument.WireSymbol, length.Name, from, to),
            body => [.. LighterAnswers.Candles(body).Select(Tell)], cancellationToken);

    /// <inheritdoc />
    public override async Task<OpenInterestPoint> OpenInterestAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken)
    {
        var row = (await MarketsAsync(rest, cancellationToken)).FirstOrDefault(row => row.Market == instrument.WireSymbol);
        return row?.OpenInterest is { } quantity
            ? new OpenInterestPoint(await NowAsync(rest, cancellationToken), quantity, quantity * row.MarkPrice)
            : throw new VenueRequestException(RequestFailure.Rejected, $"{venue} has no open interest of {instrument.Symbol}.");
    }

    /// <inheritdoc />
    public override Task<IReadOnlyList<FundingPoint>> FundingHistoryAsync(
        VenueRest rest, InstrumentListing instrument, DataRange range, CancellationToken cancellationToken) =>
        ReadAsync<FundingPoint>(
            rest, range, Hour, point => point.At,
            (length, from, to) => LighterRequests.Fundings(instrument.WireSymbol, length.Name, from, to),
            body => [.. LighterAnswers.Fundings(body).Select(row => new FundingPoint(row.Time, row.Rate, Hour.Length))], cancellationToken);

    /// <inheritdoc />
    /// <remarks>The venue shows every rate for eight hours, whatever the interval; its own is paid every hour.</remarks>
    public override async Task<IReadOnlyList<FundingForecast>> FundingForecastsAsync(
        VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        [.. LighterAnswers.FundingRates(await rest.SendAsync(LighterRequests.FundingRates, cancellationToken))
            .Where(rate => rate.Market == instrument.WireSymbol)
            .Select(rate => rate.Exchange == OwnName
                ? new FundingForecast(venue.Key, rate.HourlyRate, default, Hour.Length)
                : new FundingForecast(NameOf(rate.Exchange), rate.EightHourRate, default, TimeSpan.FromHours(8)))];

    /// <inheritdoc />
    public override async Task<IReadOnlyList<DayTicker>> TickersAsync(VenueRest rest, InstrumentListing? instrument, CancellationToken cancellationToken) =>
        [.. (await MarketsAsync(rest, cancellationToken)).Where(row => instrument is null || row.Market == instrument.WireSymbol).Select(Tell)];

    /// <inheritdoc />
    /// <remarks>The settlement of a market that is closed is no trade.</remarks>
    public override async Task<IReadOnlyList<PastTrade>> RecentTradesAsync(
        VenueRest rest, InstrumentListing instrument, int limit, CancellationToken cancellationToken) =>
        [.. LighterAnswers.RecentTrades(await rest.SendAsync(LighterRequests.RecentTrades(instrument.WireSymbol, Math.Min(limit, MaxTrades)), cancellationToken))
            .Where(trade => trade.Kind != "market-settlement")
            .Select(trade => new PastTrade(trade.TradeId, trade.Price, trade.Size, trade.TakerSide, trade.Time))];

    private static string NameOf(string exchange) => exchange switch
    {
        "binance" => "BinPerp",
        "bybit" => "BybitPerp",
        "hyperliquid" => "HlPerp",
        _ => exchange,
    };

    private static Candle Tell(LighterCandle candle) => new(
        candle.Start, candle.Open, candle.High, candle.Low, candle.Close, candle.BaseVolume, candle.QuoteVolume, Trades: null);

    private static DayTicker Tell(LighterMarketRow row) => new()
    {
        Symbol = row.Symbol,
        Last = row.LastTradePrice,
        Mark = row.MarkPrice,
        Index = row.IndexPrice,
        Open = DayChange.OpenOf(row.LastTradePrice, row.DailyPriceChange),
        High = row.DailyPriceHigh,
        Low = row.DailyPriceLow,
        BaseVolume = row.DailyBaseTokenVolume,
        QuoteVolume = row.DailyQuoteTokenVolume,
        OpenInterest = row.OpenInterest,
        Trades = row.DailyTradesCount,
    };

    private static async Task<IReadOnlyList<LighterMarketRow>> MarketsAsync(VenueRest rest, CancellationToken cancellationToken) =>
        LighterAnswers.OrderBookDetails(await rest.SendAsync(LighterRequests.OrderBookDetails, cancellationToken));

    private static async Task<Timestamp> NowAsync(VenueRest rest, CancellationToken cancellationToken) =>
        LighterAnswers.Time(await rest.SendAsync(LighterRequests.Status, cancellationToken));

    /// <summary>The end does not belong to a range there.</summary>
    private static Task<IReadOnlyList<T>> ReadAsync<T>(
        VenueRest rest,
        DataRange range,
        CandleInterval step,
        Func<T, Timestamp> timeOf,
        Func<CandleInterval, long, long, RestRequest> request,
        Func<ReadOnlyMemory<byte>, IReadOnlyList<T>> read,
        CancellationToken cancellationToken) => new SteppedList<T>
        {
            Step = step,
            Longest = Day,
            Page = MaxRows,
            Memory = Memory,
            TimeOf = timeOf,
            Now = () => NowAsync(rest, cancellationToken),
            Ask = async (length, from, to, _) => read(await rest.SendAsync(request(length, from!.Value.UnixMilliseconds, to!.Value.UnixMilliseconds + 1), cancellationToken)),
        }.ReadAsync(range);
}
