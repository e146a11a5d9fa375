using Omnibook.History;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.History;

/// <summary>A store in a folder of its own, with a clock that stands still.</summary>
internal sealed class StoreDesk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-store-");
    private PriceSnapshotStore? _store;

    public ManualTimeProvider Time { get; } = new();

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "price_data.db");

    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tests count from 1970 unless they are about the retention.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(36_500);

    public PriceSnapshotStore Store => _store ??= PriceSnapshotStore.Open(new PriceSnapshotStoreOptions { Path = Path, BusyTimeout = BusyTimeout, Retention = Retention }, Time);

    public async Task StoreAsync(string coin, params long[] timestamps)
    {
        foreach (var timestamp in timestamps)
        {
            await Store.InsertAsync(PriceSnapshot.Of(coin, PriceSnapshot.Aggregated, timestamp, 1, 2), TestContext.Current.CancellationToken);
        }
    }

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}
