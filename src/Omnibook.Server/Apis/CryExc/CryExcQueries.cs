using System.Collections.Concurrent;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Venues;
using Omnibook.Venues.Data;

namespace Omnibook.Server.Apis.CryExc;

/// <summary>
/// What the dialect asks venues, each answer shared for a while by all who ask the same. What fails is not kept, so that the next who asks has another
/// chance.
/// </summary>
internal sealed class CryExcQueries(QueryCache cache, TimeProvider time)
{
    private static readonly TimeSpan PricesKept = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FiguresKept = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StatisticsKept = TimeSpan.FromMinutes(5);

    /// <summary>Figures of all instruments that are older than this are not told any more when the venue fails.</summary>
    private static readonly TimeSpan StaleAtMost = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Answer<DayTicker>> _lastFigures = new(StringComparer.Ordinal);

    private Timestamp Now => Timestamp.From(time.GetUtcNow());

    /// <summary>The figures of one instrument: prices and funding of now.</summary>
    /// <exception cref="VenueRequestException">The venue gave no usable answer.</exception>
    public Task<Answer<DayTicker>> FiguresAsync(AskedInstrument asked, CancellationToken cancellationToken) =>
        AskAsync(
            asked.Exchange, $"{asked.Listing.Symbol} figures", PricesKept,
            token => asked.Exchange.Data.TickersAsync(asked.Exchange.Rest, asked.Listing, token), cancellationToken);

    /// <summary>Open interest: one row; none where the venue does not tell it, or does not answer.</summary>
    public Task<Answer<OpenInterestPoint>?> OpenInterestAsync(AskedInstrument asked, CancellationToken cancellationToken) =>
        OrNothingAsync(asked.Exchange.Has.OpenInterest, () => AskAsync<OpenInterestPoint>(
            asked.Exchange, $"{asked.Listing.Symbol} oi", StatisticsKept,
            async token => [await asked.Exchange.Data.OpenInterestAsync(asked.Exchange.Rest, asked.Listing, token)], cancellationToken));

    /// <summary>Shares of long and short accounts: the newest row; none where the venue does not tell them, or does not answer.</summary>
    public Task<Answer<LongShortPoint>?> SharesAsync(AskedInstrument asked, CancellationToken cancellationToken) =>
        OrNothingAsync(asked.Exchange.Has.LongShort.Count > 0, () => AskAsync(
            asked.Exchange, $"{asked.Listing.Symbol} shares", StatisticsKept,
            token => asked.Exchange.Data.LongShortAsync(asked.Exchange.Rest, asked.Listing, asked.Exchange.Has.LongShort[0], new DataRange(1), token),
            cancellationToken));

    /// <summary>The figures of every instrument of an exchange; where it fails, those of up to a minute ago.</summary>
    /// <exception cref="VenueRequestException">The venue gave no usable answer, and none is young enough.</exception>
    public async Task<Answer<DayTicker>> AllFiguresAsync(ServedExchange exchange, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await AskAsync(
                exchange, "all figures", FiguresKept, token => exchange.Data.TickersAsync(exchange.Rest, null, token), cancellationToken);
            return _lastFigures[exchange.Name.Name] = answer;
        }
        catch (VenueRequestException)
        {
            if (_lastFigures.TryGetValue(exchange.Name.Name, out var last) && Now - last.AskedAt <= StaleAtMost)
            {
                return last;
            }

            throw;
        }
    }

    /// <summary>A part that is missing does not take the rest with it; it is asked for again the next time.</summary>
    private static async Task<Answer<T>?> OrNothingAsync<T>(bool isOffered, Func<Task<Answer<T>>> ask)
    {
        try
        {
            return isOffered && await ask() is { List.Count: > 0 } answer ? answer : null;
        }
        catch (VenueRequestException)
        {
            return null;
        }
    }

    private Task<Answer<T>> AskAsync<T>(
        ServedExchange exchange, string what, TimeSpan keep, Func<CancellationToken, Task<IReadOnlyList<T>>> ask, CancellationToken cancellationToken) =>
        cache.GetAsync($"cryexc {exchange.Name.Venue} {what}", keep, token => TimedAsync(ask, token), cancellationToken);

    private async Task<Answer<T>> TimedAsync<T>(Func<CancellationToken, Task<IReadOnlyList<T>>> ask, CancellationToken cancellationToken)
    {
        var askedAt = Now;
        return new Answer<T>(askedAt, await ask(cancellationToken));
    }
}
