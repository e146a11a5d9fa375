using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>What the dialect asks venues, each answer shared for a moment by all who ask the same.</summary>
internal sealed class MarketQueries(QueryCache cache, TimeProvider time)
{
    private static readonly TimeSpan CandlesKept = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PresentKept = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FundingKept = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HistoryKept = TimeSpan.FromSeconds(20);

    /// <summary>Candles; the last may still be open.</summary>
    public Task<Answer<Candle>> CandlesAsync(
        AskedInstrument asked, CandleInterval interval, DataRange range, CancellationToken cancellationToken) =>
        AskAsync(
            $"candles {interval} {range}", CandlesKept, asked,
            token => asked.Exchange.Data.CandlesAsync(asked.Exchange.Rest, asked.Listing, interval, range, token), cancellationToken);

    /// <summary>Open interest of now: one row.</summary>
    public Task<Answer<OpenInterestPoint>> OpenInterestAsync(AskedInstrument asked, CancellationToken cancellationToken) =>
        AskAsync<OpenInterestPoint>(
            "oi", PresentKept, asked,
            async token => [await asked.Exchange.Data.OpenInterestAsync(asked.Exchange.Rest, asked.Listing, token)], cancellationToken);

    /// <summary>Open interest of the past.</summary>
    public Task<Answer<OpenInterestPoint>> OpenInterestHistoryAsync(
        AskedInstrument asked, CandleInterval step, DataRange range, CancellationToken cancellationToken) =>
        AskAsync(
            $"oi-hist {step} {range}", HistoryKept, asked,
            token => asked.Exchange.Data.OpenInterestHistoryAsync(asked.Exchange.Rest, asked.Listing, step, range, token), cancellationToken);

    /// <summary>Funding that was paid.</summary>
    public Task<Answer<FundingPoint>> FundingAsync(AskedInstrument asked, DataRange range, CancellationToken cancellationToken) =>
        AskAsync(
            $"funding {range}", FundingKept, asked,
            token => asked.Exchange.Data.FundingHistoryAsync(asked.Exchange.Rest, asked.Listing, range, token), cancellationToken);

    /// <summary>Funding that will be paid next, as the venue and others forecast it; none where the venue does not say.</summary>
    public Task<Answer<FundingForecast>> ForecastsAsync(AskedInstrument asked, CancellationToken cancellationToken) =>
        asked.Exchange.Has.FundingForecast
            ? AskAsync(
                "forecasts", FundingKept, asked,
                token => asked.Exchange.Data.FundingForecastsAsync(asked.Exchange.Rest, asked.Listing, token), cancellationToken)
            : Task.FromResult(new Answer<FundingForecast>(Now, []));

    /// <summary>An answer of a venue as it is, byte for byte.</summary>
    public Task<byte[]> RawAsync(ServedExchange exchange, RestRequest request, CancellationToken cancellationToken) =>
        cache.GetAsync(
            $"{exchange.Name.Venue} raw {request.Path}", CandlesKept,
            token => exchange.Rest.SendAsync(request with { Priority = RequestPriority.Watched }, token), cancellationToken);

    private Timestamp Now => Timestamp.From(time.GetUtcNow());

    private Task<Answer<T>> AskAsync<T>(
        string what, TimeSpan keep, AskedInstrument asked, Func<CancellationToken, Task<IReadOnlyList<T>>> ask, CancellationToken cancellationToken) =>
        cache.GetAsync($"{asked.Listing.Venue} {asked.Listing.Symbol} {what}", keep, token => TimedAsync(ask, token), cancellationToken);

    private async Task<Answer<T>> TimedAsync<T>(Func<CancellationToken, Task<IReadOnlyList<T>>> ask, CancellationToken cancellationToken)
    {
        var askedAt = Now;
        return new Answer<T>(askedAt, await ask(cancellationToken));
    }
}
