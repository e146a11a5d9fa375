using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.BinanceUsdm;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Server.Pipeline.Demand;

/// <summary>Demand at one venue that nobody answers for, by a clock that the test moves: feeds are opened and closed, and never connect.</summary>
internal sealed class DemandDesk : IMarketListener, IAsyncDisposable
{
    private static readonly Uri Nowhere = new("ws://127.0.0.1:1/");
    private readonly InstrumentCatalog _catalog = new();
    private readonly ConcurrentDictionary<InstrumentId, BookStatus> _statuses = [];

    public DemandDesk(int most = 50, int connections = 50, params string[] configured)
    {
        var venue = new FewConnections(new BinanceUsdmVenue(new VenueId("made"), new VenueAddresses(new Uri("http://127.0.0.1:1/"), Nowhere)), connections);
        Loop = new MarketLoop(new Market(_catalog, []), _catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
        Loop.Subscribe(this);
        Loop.Start();
        Connections = new VenueConnections(venue, new NoRest(), FeedOptions.Default, Loop, Clock, NullLogger.Instance);
        Demand = new VenueDemand(
            venue, Connections, configured, Loop, new DemandOptions(TimeSpan.FromMinutes(1), most), Clock, NullLogger.Instance);
    }

    public Omnibook.Tests.Time.ManualTimeProvider Clock { get; } = new();

    public MarketLoop Loop { get; }

    public VenueConnections Connections { get; }

    public VenueDemand Demand { get; }

    /// <summary>Names of the streams that are subscribed, each as often as it is.</summary>
    public string[] Streams => [.. Connections.Statuses.SelectMany(feed => feed.Channels).Select(channel => channel.Name)];

    /// <summary>Symbols whose book is subscribed, each as often as it is.</summary>
    public string[] Books =>
        [.. Connections.Statuses.SelectMany(feed => feed.Channels).Where(channel => channel.Channel == Omnibook.Venues.Channel.Book).Select(channel => channel.Symbol)];

    public MarketLease Acquire(string symbol, CandleInterval? interval = null) =>
        Demand.Acquire(_catalog.Register(MadeMarket.Listing(symbol, "made")), interval);

    /// <summary>The state that a book went to last; null when it never went to any.</summary>
    public BookStatus? StatusOf(Instrument instrument) => _statuses.TryGetValue(instrument.Id, out var status) ? status : null;

    public Task WhenFollowedAsync(params string[] symbols) =>
        Eventually.HoldsAsync(() => Books.Order(StringComparer.Ordinal).SequenceEqual(symbols), () => $"followed: {string.Join(' ', Books)}");

    /// <summary>Waits until a book's state has a reason.</summary>
    public Task WhenReasonAsync(Instrument instrument, string reason) =>
        Eventually.HoldsAsync(() => StatusOf(instrument)?.Reason == reason, () => $"it is {StatusOf(instrument)}, not {reason}");

    public void OnChanges(Market market, MarketChanges changes)
    {
        foreach (var change in changes.Statuses)
        {
            _statuses[change.Instrument] = change.Now;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Demand.DisposeAsync();
        await Connections.DisposeAsync();
        await Loop.DisposeAsync();
    }

    /// <summary>A venue that likes so many connections for what is asked for, and any number of new ones.</summary>
    private sealed class FewConnections(IVenue venue, int connections) : IVenue
    {
        public VenueId Id => venue.Id;

        public VenueRules Rules { get; } = venue.Rules with { ConnectionsOnDemand = connections, NewConnectionsPerMinute = 1000 };

        public IReadOnlyList<CandleInterval> StreamedCandles => venue.StreamedCandles;

        public Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken) =>
            venue.ListInstrumentsAsync(rest, cancellationToken);

        public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments) => venue.Plan(instruments);

        public IReadOnlyList<ConnectionPlan> PlanCandles(IReadOnlyList<CandleStream> candles) => venue.PlanCandles(candles);

        public IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null) => venue.OpenSession(plan, unknown);

        public RestRequest? SnapshotRequest(Instrument instrument) => venue.SnapshotRequest(instrument);

        public bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch) =>
            venue.TryTranslateSnapshot(instrument, body, receivedAt, batch);
    }

    private sealed class NoRest : VenueRest
    {
        public override Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken) =>
            throw new VenueRequestException(RequestFailure.Unreachable, "nobody is there");
    }
}
