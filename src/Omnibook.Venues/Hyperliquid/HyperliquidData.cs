using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>What Hyperliquid answers when asked. It has no open interest of the past, no shares of accounts, and no liquidations of others.</summary>
/// <param name="venue">Its key.</param>
internal sealed class HyperliquidData(VenueId venue) : VenueData
{
    private const string OwnName = "HlPerp";
    private static readonly CandleInterval Hour = CandleInterval.Parse("1h");

    /// <inheritdoc />
    public override VenueCapabilities Capabilities { get; } = new()
    {
        // https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint#candle-snapshot; 6h does not exist.
        Candles = [.. CandleInterval.All.Where(interval => interval.Name != "6h")],
        OpenInterest = true,
        FundingHistory = true,
        FundingForecast = true,
        Tickers = true,
        RecentTrades = true,
    };

    /// <inheritdoc />
    /// <remarks>Only the newest 5,000 of an interval exist, and those without a trade are left out.</remarks>
    public override Task<IReadOnlyList<Candle>> CandlesAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        new SteppedList<Candle>
        {
            Step = interval,
            Longest = interval,
            Page = InfoRequests.MaxCandles,
            Memory = interval.Length * (InfoRequests.MaxCandles - 1),
            TimeOf = candle => candle.Start,
            Now = () => NowAsync(rest, instrument, cancellationToken),
            Ask = async (length, from, to, limit) => InfoAnswers.Candles(await rest.SendAsync(
                InfoRequests.CandleSnapshot(instrument.WireSymbol, length.Name, from!.Value.UnixMilliseconds, to!.Value.UnixMilliseconds, limit), cancellationToken)),
        }.ReadAsync(range);

    /// <inheritdoc />
    public override async Task<OpenInterestPoint> OpenInterestAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken)
    {
        var context = await ContextAsync(rest, instrument, cancellationToken);
        var quantity = context.OpenInterest
            ?? throw new VenueRequestException(RequestFailure.Unreadable, $"Hyperliquid does not say the open interest of {instrument.Symbol}.");
        return new OpenInterestPoint(await NowAsync(rest, instrument, cancellationToken), quantity, quantity * context.Mark);
    }

    /// <inheritdoc />
    /// <remarks>The venue gives the oldest 500 after a start, so a start is reckoned back from the end: funding is paid every hour, up to 118 ms after it.</remarks>
    public override Task<IReadOnlyList<FundingPoint>> FundingHistoryAsync(
        VenueRest rest, InstrumentListing instrument, DataRange range, CancellationToken cancellationToken) =>
        new SteppedList<FundingPoint>
        {
            Step = Hour,
            Longest = Hour,
            Page = InfoRequests.MaxFundingRows - 1,
            TimeOf = point => point.At,
            Now = () => NowAsync(rest, instrument, cancellationToken),

            // One hour more: that of the running hour may not have been paid yet.
            Ask = async (_, from, to, limit) => InfoAnswers.FundingHistory(await rest.SendAsync(
                InfoRequests.FundingHistory(
                    instrument.WireSymbol,
                    (range.From is null ? from!.Value + -Hour.Length : from!.Value).UnixMilliseconds,
                    to!.Value.UnixMilliseconds,
                    limit + 1),
                cancellationToken)),
        }.ReadAsync(range);

    /// <inheritdoc />
    /// <remarks>
    /// The venue forecasts its own and those of Binance and Bybit, for the coins of its first dex. For a coin of another dex there is only the running rate of its own.
    /// </remarks>
    public override async Task<IReadOnlyList<FundingForecast>> FundingForecastsAsync(
        VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken)
    {
        var nextHour = Hour.EndOf(Hour.StartOf(await NowAsync(rest, instrument, cancellationToken)));
        if (DexOf(instrument).Length > 0)
        {
            var context = await ContextAsync(rest, instrument, cancellationToken);
            return context.Funding is { } rate ? [new FundingForecast(OwnName, rate, nextHour, Hour.Length)] : [];
        }

        var predictions = InfoAnswers.PredictedFundings(await rest.SendAsync(InfoRequests.PredictedFundings, cancellationToken));
        return [.. predictions.Where(prediction => prediction.Coin == instrument.Symbol).Select(prediction => Tell(prediction, nextHour))];
    }

    /// <inheritdoc />
    /// <remarks>All means those of the first dex: each other dex costs a request, and the test network has hundreds.</remarks>
    public override async Task<IReadOnlyList<DayTicker>> TickersAsync(VenueRest rest, InstrumentListing? instrument, CancellationToken cancellationToken)
    {
        IReadOnlyList<InfoContext> contexts = instrument is null
            ? InfoAnswers.Contexts(await rest.SendAsync(InfoRequests.MetaAndAssetContexts(dex: ""), cancellationToken))
            : [await ContextAsync(rest, instrument, cancellationToken)];
        return [.. contexts.Select(Tell)];
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<PastTrade>> RecentTradesAsync(
        VenueRest rest, InstrumentListing instrument, int limit, CancellationToken cancellationToken) =>
        [.. InfoAnswers.Trades(await rest.SendAsync(InfoRequests.RecentTrades(instrument.WireSymbol), cancellationToken)).TakeLast(limit)];

    /// <summary>The venue's own name of itself is kept, since it is that of its forecasts; its next time has been seen an hour old.</summary>
    private static FundingForecast Tell(InfoPrediction prediction, Timestamp nextHour) => prediction.Venue == OwnName
        ? new FundingForecast(OwnName, prediction.Rate, nextHour, prediction.Interval ?? Hour.Length)
        : new FundingForecast(prediction.Venue, prediction.Rate, prediction.NextAt, prediction.Interval);

    private static DayTicker Tell(InfoContext context) => new()
    {
        Symbol = context.Coin,
        Mark = context.Mark,
        Index = context.Oracle,
        Open = context.DayAgo,
        BaseVolume = context.DayBase,
        QuoteVolume = context.DayQuote,
        OpenInterest = context.OpenInterest,
        FundingRate = context.Funding,
    };

    /// <summary>The name of a coin's dex stands before the colon: https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/asset-ids.</summary>
    private static string DexOf(InstrumentListing instrument) =>
        instrument.Symbol.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? instrument.Symbol[..colon] : "";

    private async Task<InfoContext> ContextAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        InfoAnswers.Contexts(await rest.SendAsync(InfoRequests.MetaAndAssetContexts(DexOf(instrument)), cancellationToken))
            .FirstOrDefault(context => context.Coin == instrument.Symbol)
        ?? throw new VenueRequestException(RequestFailure.Rejected, $"{venue} has no figures of {instrument.Symbol}.");

    /// <summary>The cheapest answer with the venue's clock in it is a book.</summary>
    private static async Task<Timestamp> NowAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        InfoAnswers.TimeOfBook(await rest.SendAsync(InfoRequests.L2Book(instrument.WireSymbol), cancellationToken));
}
