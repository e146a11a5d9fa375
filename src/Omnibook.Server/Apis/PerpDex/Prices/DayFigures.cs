using System.Collections.Concurrent;
using Omnibook.Core.Derived;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Venues;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary>
/// What the dexes say of the last 24 hours, asked for all pairs at once and kept for a moment. Prices never wait for it: what a dex does not
/// tell is left open.
/// </summary>
internal sealed class DayFigures(QueryCache cache, TimeProvider time, ILogger<DayFigures> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Usable = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Told> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _asked = new(StringComparer.Ordinal);

    /// <summary>Asks the dexes of a pair, unless they told a moment ago.</summary>
    public Task RefreshAsync(PerpPair pair, CancellationToken cancellationToken) =>
        Task.WhenAll(pair.Listings.Where(listing => listing.Dex.Has.Tickers).Select(listing => AskAsync(listing.Dex, cancellationToken)));

    /// <summary>The same without waiting, for those who look many times a second.</summary>
    public void Refresh(PerpPair pair)
    {
        foreach (var dex in pair.Listings.Select(listing => listing.Dex).Where(dex => dex.Has.Tickers))
        {
            if (!_asked.TryGetValue(dex.Name.Name, out var askedAt) || time.GetElapsedTime(askedAt) >= Kept)
            {
                _asked[dex.Name.Name] = time.GetTimestamp();
                _ = AskAsync(dex, CancellationToken.None);
            }
        }
    }

    /// <summary>What a dex told last of an instrument, if that is not too long ago.</summary>
    public DayTicker? Find(DexPrice price) =>
        _told.TryGetValue(price.Dex, out var told) && time.GetElapsedTime(told.At) < Usable ? told.BySymbol.GetValueOrDefault(price.Symbol) : null;

    private async Task AskAsync(ServedExchange dex, CancellationToken cancellationToken)
    {
        try
        {
            _told[dex.Name.Name] = await cache.GetAsync($"{dex.Name.Name} day figures", Kept, token => ReadAsync(dex, token), cancellationToken);
        }
        catch (VenueRequestException refused)
        {
            log.LogInformation("{Dex} tells no figures of 24 hours: {Why}", dex.Name.Name, UpstreamErrors.Describe(refused));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Asking {Dex} for the figures of 24 hours failed in our own code.", dex.Name.Name);
        }
    }

    private async Task<Told> ReadAsync(ServedExchange dex, CancellationToken cancellationToken)
    {
        var tickers = await dex.Data.TickersAsync(dex.Rest, instrument: null, cancellationToken);
        return new Told(time.GetTimestamp(), tickers.DistinctBy(ticker => ticker.Symbol, StringComparer.Ordinal).ToDictionary(ticker => ticker.Symbol, StringComparer.Ordinal));
    }

    private sealed record Told(long At, IReadOnlyDictionary<string, DayTicker> BySymbol) : ISizedAnswer
    {
        public int Rows => BySymbol.Count;
    }
}
