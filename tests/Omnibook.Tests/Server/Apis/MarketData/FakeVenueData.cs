using System.Collections.Concurrent;
using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary>A venue that answers what a test wants, and remembers what it was asked.</summary>
internal sealed class FakeVenueData(VenueCapabilities capabilities) : VenueData
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>Everything, with a few intervals.</summary>
    public static VenueCapabilities Everything { get; } = new()
    {
        Candles = Intervals("1m", "3m", "5m", "1h", "6h", "1d", "1M"),
        OpenInterest = true,
        OpenInterestHistory = Intervals("5m", "1h"),
        FundingHistory = true,
        FundingForecast = true,
        Liquidations = true,
    };

    public override VenueCapabilities Capabilities => capabilities;

    /// <summary>What it was asked, in order: <c>candles BTCUSDT 5m 500</c>.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public IReadOnlyList<Candle> Candles { get; set; } = [];

    public OpenInterestPoint? OpenInterest { get; set; }

    public IReadOnlyList<OpenInterestPoint> OpenInterests { get; set; } = [];

    public IReadOnlyList<FundingPoint> Fundings { get; set; } = [];

    public IReadOnlyList<FundingForecast> Forecasts { get; set; } = [];

    public IReadOnlyList<DayTicker> Tickers { get; set; } = [];

    public RequestFailure? Failure { get; set; }

    public static IReadOnlyList<CandleInterval> Intervals(params string[] names) => [.. names.Select(CandleInterval.Parse)];

    public override Task<IReadOnlyList<Candle>> CandlesAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        AnswerAsync($"candles {instrument.Symbol} {interval} {Show(range)}", Candles);

    public override async Task<OpenInterestPoint> OpenInterestAsync(VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        (await AnswerAsync($"oi {instrument.Symbol}", [OpenInterest!]))[0];

    public override Task<IReadOnlyList<OpenInterestPoint>> OpenInterestHistoryAsync(
        VenueRest rest, InstrumentListing instrument, CandleInterval step, DataRange range, CancellationToken cancellationToken) =>
        AnswerAsync($"oi-hist {instrument.Symbol} {step} {Show(range)}", OpenInterests);

    public override Task<IReadOnlyList<FundingPoint>> FundingHistoryAsync(
        VenueRest rest, InstrumentListing instrument, DataRange range, CancellationToken cancellationToken) =>
        AnswerAsync($"funding {instrument.Symbol} {Show(range)}", Fundings);

    public override Task<IReadOnlyList<FundingForecast>> FundingForecastsAsync(
        VenueRest rest, InstrumentListing instrument, CancellationToken cancellationToken) =>
        AnswerAsync($"forecasts {instrument.Symbol}", Forecasts);

    public override Task<IReadOnlyList<DayTicker>> TickersAsync(VenueRest rest, InstrumentListing? instrument, CancellationToken cancellationToken) =>
        AnswerAsync($"tickers {instrument?.Symbol}", Tickers);

    private static string Show(DataRange range) =>
        $"{range.Limit}{(range.From is { } from ? $" from {from.UnixMilliseconds}" : "")}{(range.To is { } to ? $" to {to.UnixMilliseconds}" : "")}";

    private Task<IReadOnlyList<T>> AnswerAsync<T>(string what, IReadOnlyList<T> rows)
    {
        _asked.Enqueue(what);
        return Failure is { } failure
            ? throw new VenueRequestException(failure, "as the test wants") { StatusCode = 400 }
            : Task.FromResult(rows);
    }
}
