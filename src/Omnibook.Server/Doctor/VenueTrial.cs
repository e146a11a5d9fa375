using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Doctor;

/// <summary>Follows every configured venue for a while, exactly as the server does, and tells how far each got.</summary>
internal sealed class VenueTrial : IMarketListener
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly OmnibookOptions _options;
    private readonly TimeProvider _time;
    private readonly InstrumentCatalog _catalog = new();
    private readonly ConcurrentDictionary<InstrumentId, TimeSpan> _liveAfter = new();
    private readonly long _began;

    /// <summary>Begins nothing yet.</summary>
    public VenueTrial(OmnibookOptions options, TimeProvider time) => (_options, _time, _began) = (options, time, time.GetTimestamp());

    /// <summary>Follows until every book was live, or the time is over.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var market = new Market(_catalog, []);
        await using var loop = new MarketLoop(market, _catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
        loop.Subscribe(this);
        loop.Start();
        using var clock = new MarketClock(loop, _time);
        clock.Start();
        await using var feeds = new VenueFeeds(_options, _catalog, loop, _time, NullLogger<VenueFeeds>.Instance);
        feeds.Start(venue => venue.Addresses);
        while (_time.GetElapsedTime(_began) < patience && !feeds.States.All(IsDone))
        {
            await Task.Delay(Look, _time, cancellationToken);
        }

        return [.. feeds.States.SelectMany(state => Judge(state, patience))];
    }

    /// <inheritdoc />
    public void OnChanges(Market market, MarketChanges changes)
    {
        foreach (var change in changes.Statuses)
        {
            if (change.Now.State == BookState.Live)
            {
                _liveAfter.TryAdd(change.Instrument, _time.GetElapsedTime(_began));
            }
        }
    }

    private bool IsDone(VenueState venue) =>
        venue.Listing is null && venue.Instruments.All(instrument => _liveAfter.ContainsKey(instrument.Id)) && IsConnected(venue);

    private static bool IsConnected(VenueState venue) => venue.Feeds.All(feed => feed.State == FeedState.Connected);

    private IEnumerable<Finding> Judge(VenueState venue, TimeSpan patience)
    {
        if (venue.Listing is { } listing)
        {
            yield return NotListed(venue, listing);
            yield break;
        }

        if (venue.Unlisted.Count > 0)
        {
            yield return new Finding(
                Verdict.Bad,
                venue.Id.Key,
                "symbols",
                $"the venue does not list {string.Join(", ", venue.Unlisted)}",
                $"take them out of {VenueSetting.Variable(venue.Id.Key, VenueSetting.Symbols)} and the composites, or mind the letter case");
        }

        yield return Data(venue, patience);
    }

    private static Finding NotListed(VenueState venue, BookState listing) => listing switch
    {
        BookState.GeoBlocked => new Finding(
            Verdict.Bad,
            venue.Id.Key,
            "geo",
            $"the venue refuses the address of this machine: {venue.Reason}",
            $"run omnibook where the venue may be used, or switch it off: {VenueSetting.Variable(venue.Id.Key, VenueSetting.Enabled)}=false"),
        BookState.RateLimited => new Finding(
            Verdict.Warning, venue.Id.Key, "limits", $"the venue says that this address asks too often: {venue.Reason}", "wait, and see what else asks it from here"),
        _ => new Finding(Verdict.Bad, venue.Id.Key, "data", $"its instruments cannot be had: {venue.Reason}", "see the lines of its hosts"),
    };

    private Finding Data(VenueState venue, TimeSpan patience)
    {
        var live = venue.Instruments.Where(instrument => _liveAfter.ContainsKey(instrument.Id)).ToArray();
        if (live.Length == venue.Instruments.Count && IsConnected(venue))
        {
            return new Finding(Verdict.Good, venue.Id.Key, "data", live.Length == 0
                ? "connected; no book is followed"
                : $"{live.Length} of {live.Length} books live, the first after {live.Min(instrument => _liveAfter[instrument.Id]).TotalSeconds:0.0} s{LagOf(venue)}");
        }

        var reasons = venue.Feeds.Where(feed => feed.Reason.Length > 0).Select(feed => $"{feed.Connection} {feed.Reason}").Distinct(StringComparer.Ordinal);
        return new Finding(
            live.Length == 0 ? Verdict.Bad : Verdict.Warning,
            venue.Id.Key,
            "data",
            $"{live.Length} of {venue.Instruments.Count} books live within {patience.TotalSeconds:0} s: {string.Join("; ", reasons.DefaultIfEmpty("nothing came"))}",
            "try again with --seconds 60; then see the lines of its hosts and docs/venues");
    }

    private static string LagOf(VenueState venue) =>
        venue.Feeds.Max(feed => feed.Lag) is { } lag ? $", data {lag.TotalMilliseconds:0} ms old when it comes" : "";
}
