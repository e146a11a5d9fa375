using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline.Trades;
using Omnibook.Venues;
using Omnibook.Venues.Data;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Pipeline;

/// <summary>
/// Every venue that is followed. Starts them side by side, and passes on what the market asks for: a snapshot, another connection.
/// </summary>
internal sealed class VenueFeeds : IMarketListener, IAsyncDisposable
{
    private readonly OmnibookOptions _options;
    private readonly InstrumentCatalog _catalog;
    private readonly MarketLoop _loop;
    private readonly TimeProvider _time;
    private readonly ILogger<VenueFeeds> _log;
    private readonly CompositeAssembly _composites;
    private FollowedVenue[] _venues = [];

    /// <summary>Follows nothing before <see cref="Start"/>.</summary>
    public VenueFeeds(OmnibookOptions options, InstrumentCatalog catalog, MarketLoop loop, TimeProvider time, ILogger<VenueFeeds> log)
    {
        (_options, _catalog, _loop, _time, _log) = (options, catalog, loop, time, log);
        _composites = new CompositeAssembly(options.Composites, catalog);
    }

    /// <summary>Writes down what was missed; null for nobody.</summary>
    public TradeNotes? Notes { get; set; }

    /// <summary>Keeps the frames of a venue as they came; null for none.</summary>
    public Func<VenueId, FrameRecorder?>? RecorderOf { get; set; }

    /// <summary>How every venue is doing, in the order of the list of known venues.</summary>
    public IReadOnlyList<VenueState> States => [.. Volatile.Read(ref _venues).Select(venue => venue.State)];

    /// <summary>The venues that are followed.</summary>
    public IReadOnlyList<FollowedVenue> Venues => Volatile.Read(ref _venues);

    /// <summary>The REST host of a venue, or null for one that is not followed.</summary>
    public VenueRest? RestOf(VenueId venue) => Find(venue)?.Rest;

    /// <summary>What a venue answers when asked, or null for one that is not followed.</summary>
    public VenueData? DataOf(VenueId venue) => Find(venue)?.Data;

    /// <summary>Every instrument that a venue lists; null for a venue that is not followed, or has not told yet.</summary>
    public InstrumentDirectory? DirectoryOf(VenueId venue) => Find(venue)?.Directory;

    /// <summary>Begins to follow every configured venue, in the background.</summary>
    /// <param name="addressOf">Where a venue is; null leaves it out.</param>
    /// <param name="bannedUntil">Until when a venue must not be asked, by what an earlier process was told; null when it may be.</param>
    public void Start(Func<VenueOptions, VenueAddresses?> addressOf, Func<VenueId, DateTimeOffset?>? bannedUntil = null)
    {
        var followed = from venue in _options.Venues
                       let addresses = addressOf(venue)
                       where addresses is not null
                       select Follow(venue with { Addresses = addresses });
        Volatile.Write(ref _venues, [.. followed]);
        _loop.Subscribe(this);
        foreach (var venue in _venues)
        {
            if (bannedUntil?.Invoke(venue.Id) is { } until)
            {
                venue.Rest.RestoreBlock(until);
            }

            venue.Start();
        }
    }

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        foreach (var id in changes.SnapshotsWanted)
        {
            Find(_catalog[id].Venue)?.Connections.RequestSnapshot(id);
        }

        foreach (var id in changes.ReconnectsWanted)
        {
            Find(_catalog[id].Venue)?.Connections.RequestReconnect(id, market.BookOf(id).Status.Reason);
        }

        foreach (var id in changes.Excused)
        {
            Find(_catalog[id].Venue)?.Connections.Excuse(id, market.BookOf(id).SilenceLimit);
        }

        foreach (var id in changes.ListingsDoubted)
        {
            Find(_catalog[id].Venue)?.DoubtListing();
        }

        foreach (var change in changes.Statuses)
        {
            if (change.Now.Reason == StatusReasons.Malformed)
            {
                // A price with more digits than the scale has cannot be read: the tick may have changed.
                Find(_catalog[change.Instrument].Venue)?.DoubtListing();
            }
        }
    }

    /// <summary>Closes every connection.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Interlocked.Exchange(ref _venues, []).Select(venue => venue.DisposeAsync().AsTask()));

    /// <summary>A venue that is followed, or null.</summary>
    public FollowedVenue? Find(VenueId id) => Array.Find(Volatile.Read(ref _venues), venue => venue.Id == id);

    private FollowedVenue Follow(VenueOptions options) => new(
        KnownVenues.All.First(known => known.Id == options.Id),
        options with { Feed = options.Feed with { Recorder = RecorderOf?.Invoke(options.Id) } },
        _catalog,
        _loop,
        (relisted, cancellationToken) => _loop.ReadAsync(market => _composites.Apply(market, relisted, _loop.Command), cancellationToken),
        _time,
        _log,
        Notes);
}
