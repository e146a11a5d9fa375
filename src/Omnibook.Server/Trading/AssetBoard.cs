using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Trading;

/// <summary>The perpetuals of the venue with their numbers, read anew every ten minutes: numbers are never changed, but added to.</summary>
internal sealed class AssetBoard(VenueRest rest, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private Reading? _reading;

    /// <summary>All of them by the venue's spelling.</summary>
    /// <exception cref="VenueRequestException">The venue did not tell.</exception>
    public async Task<IReadOnlyDictionary<string, OrderAsset>> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = Volatile.Read(ref _reading);
        if (reading is null || time.GetElapsedTime(reading.At) > Kept)
        {
            var request = InfoRequests.AllPerpMetas with { Priority = RequestPriority.Watched };
            reading = new Reading(OrderAsset.ReadAll(await rest.SendAsync(request, cancellationToken)), time.GetTimestamp());
            Volatile.Write(ref _reading, reading);
        }

        return reading.Assets;
    }

    /// <summary>A perpetual by its name; exactly, or else in another letter case where only one is meant. Null for none.</summary>
    public async Task<OrderAsset?> FindAsync(string coin, CancellationToken cancellationToken)
    {
        var assets = await ReadAsync(cancellationToken);
        var similar = assets.TryGetValue(coin, out var exact) ? [exact] : assets.Values.Where(asset => asset.Coin.Equals(coin, StringComparison.OrdinalIgnoreCase)).ToArray();
        return similar is [var only] ? only : null;
    }

    private sealed record Reading(IReadOnlyDictionary<string, OrderAsset> Assets, long At);
}
