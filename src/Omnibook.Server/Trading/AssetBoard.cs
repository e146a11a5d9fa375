using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Server.Trading;

/// <summary>The perpetuals of the venue with their numbers, read anew every ten minutes: numbers are never changed, but added to.</summary>
internal sealed class AssetBoard(VenueRest rest, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim _turn = new(1);
    private IReadOnlyDictionary<string, OrderAsset>? _assets;
    private long _readAt;

    /// <summary>All of them by the venue's spelling.</summary>
    /// <exception cref="VenueRequestException">The venue did not tell, and never has.</exception>
    public async Task<IReadOnlyDictionary<string, OrderAsset>> ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_assets is null || time.GetElapsedTime(_readAt) > Kept)
            {
                var request = Venues.Hyperliquid.InfoRequests.AllPerpMetas with { Priority = RequestPriority.Watched };
                (_assets, _readAt) = (OrderAsset.ReadAll(await rest.SendAsync(request, cancellationToken)), time.GetTimestamp());
            }

            return _assets;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A perpetual by its name; exactly, or else in another letter case where only one is meant. Null for none.</summary>
    public async Task<OrderAsset?> FindAsync(string coin, CancellationToken cancellationToken)
    {
        var assets = await ReadAsync(cancellationToken);
        var similar = assets.TryGetValue(coin, out var exact) ? [exact] : assets.Values.Where(asset => asset.Coin.Equals(coin, StringComparison.OrdinalIgnoreCase)).ToArray();
        return similar is [var only] ? only : null;
    }
}
