using System.Net;
using Omnibook.Core.Derived;
using Omnibook.Core.Instruments;
using Omnibook.Core.Routing;
using Omnibook.Server.Alerts;
using Omnibook.Server.Recording;
using Omnibook.Server.Trading;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Configuration;

/// <summary>Everything that can be configured, checked and complete. Never changes while the server runs.</summary>
internal sealed record OmnibookOptions
{
    /// <summary>Where we listen, and to whom.</summary>
    public required ListenOptions Listen { get; init; }

    /// <summary>Who has to show a key.</summary>
    public AccessOptions Access { get; init; } = new(KeysRequired: false, IsOpenOnPurpose: false);

    /// <summary>Where data lies.</summary>
    public required StorageOptions Storage { get; init; }

    /// <summary>What is kept of what happened.</summary>
    public HistoryOptions History { get; init; } = new();

    /// <summary>The least level that is logged.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>Whether the routes under <c>/test</c> exist.</summary>
    public required bool TestEndpoints { get; init; }

    /// <summary>What the Nbbo dialect serves.</summary>
    public required NbboOptions Nbbo { get; init; }

    /// <summary>What the MarketData dialect takes for granted.</summary>
    public MarketDataOptions MarketData { get; init; } = new(100_000, [], []);

    /// <summary>What the Liquidity dialect serves.</summary>
    public LiquidityOptions Liquidity { get; init; } = new();

    /// <summary>Whether orders are sent, and as whom.</summary>
    public TradingOptions Trading { get; init; } = new();

    /// <summary>What venues take of a trade.</summary>
    public FeeSchedule Fees { get; init; } = new();

    /// <summary>After so many failed tries in a row a connection is told as down. Tries go on.</summary>
    public int ReconnectAttempts { get; init; } = 10;

    /// <summary>The venues that are switched on, in the order of the list of known venues.</summary>
    public required IReadOnlyList<VenueOptions> Venues { get; init; }

    /// <summary>The composites, in configured order.</summary>
    public required IReadOnlyList<CompositeOptions> Composites { get; init; }

    /// <summary>What is followed because somebody asks.</summary>
    public DemandOptions Demand { get; init; } = new(TimeSpan.FromMinutes(1), 50);

    /// <summary>How many alerts there may be, and where their webhooks may lead.</summary>
    public AlertOptions Alerts { get; init; } = new();

    /// <summary>Redis; null where it is not used.</summary>
    public RedisOptions? Redis { get; init; }

    /// <summary>Whether and how long the market is recorded.</summary>
    public RecordingOptions Recording { get; init; } = new();

    /// <summary>How often each live book is compared with its venue.</summary>
    public TimeSpan BookCheckPeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How much later than usual a book may come and still take part in composites; beyond twice as much it is stale.</summary>
    public TimeSpan MaxLag { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>What callers of <c>/v1</c> have to show; null for nothing. It is shown nowhere.</summary>
    public string? HistoryToken { get; init; }

    /// <summary>Things that are allowed but that a person should know; logged at the start.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>Where the server listens.</summary>
/// <param name="Address">The address that is bound; loopback unless told otherwise.</param>
/// <param name="Ports">The ports, all of which serve the same.</param>
/// <param name="AllowedHosts">Names by which requests may call the server, besides <c>localhost</c> and literal addresses.</param>
/// <param name="AllowedOrigins">Origins that browsers may call from; empty is any.</param>
internal sealed record ListenOptions(
    IPAddress Address, IReadOnlyList<int> Ports, IReadOnlyList<string> AllowedHosts, IReadOnlyList<string> AllowedOrigins)
{
    /// <summary>Whether only this machine can connect.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>How many connections one other machine may hold; 0 for any number.</summary>
    public int ConnectionsPerAddress { get; init; } = 64;
}

/// <summary>Where data lies.</summary>
/// <param name="DataFolder">The folder of everything that is kept; absolute.</param>
/// <param name="Database">The file of price snapshots where one is named apart from the folder; absolute, or null.</param>
/// <param name="SnapshotInterval">How often price snapshots are stored.</param>
/// <param name="Retention">How long they are kept.</param>
internal sealed record StorageOptions(string DataFolder, string? Database, TimeSpan SnapshotInterval, TimeSpan Retention);

/// <summary>What the Nbbo dialect serves.</summary>
/// <param name="Venue">The venue whose REST host answers for accounts and single books.</param>
/// <param name="Composite">The composite that is the aggregate book.</param>
/// <param name="Coin">What the aggregate book is called: <c>BTC</c>.</param>
internal sealed record NbboOptions(VenueId Venue, string Composite, string Coin);

/// <summary>What is followed because somebody asks, besides what is configured.</summary>
/// <param name="ReleaseAfter">How long it is still followed after the last who asked has gone.</param>
/// <param name="MostPerVenue">How many instruments and candle streams of one venue at most.</param>
internal sealed record DemandOptions(TimeSpan ReleaseAfter, int MostPerVenue);

/// <summary>What the MarketData dialect takes for granted.</summary>
/// <param name="LargeTradeUsd">A trade of at least this much of the quote asset is a large one.</param>
/// <param name="Symbols">What is watched where no symbol is named.</param>
/// <param name="Intervals">What is watched where no interval is named.</param>
internal sealed record MarketDataOptions(decimal LargeTradeUsd, IReadOnlyList<string> Symbols, IReadOnlyList<CandleInterval> Intervals);

/// <summary>What the Liquidity dialect serves. Every composite is a symbol besides.</summary>
internal sealed record LiquidityOptions
{
    /// <summary>The dialect's own names of composites, the default first.</summary>
    public IReadOnlyList<SymbolName> Symbols { get; init; } = [];

    /// <summary>How often metrics are measured and sent, times a second.</summary>
    public int TickHz { get; init; } = 2;

    /// <summary>One row of metrics is kept in this time; zero keeps none.</summary>
    public TimeSpan HistoryEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many fills of a way an answer lists.</summary>
    public int TopLevels { get; init; } = 50;

    /// <summary>The window of a stream that names none, in basis points.</summary>
    public int WindowBps { get; init; } = 50;

    /// <summary>A book that was not updated for longer does not count.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Every book has to be younger for a symbol to become live.</summary>
    public TimeSpan LiveWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The book by whose middle prices in USDT are told in USD; null where they are told as they are.</summary>
    public MemberName? TetherBook { get; init; }
}

/// <summary>A name that a dialect has for a composite.</summary>
/// <param name="Symbol">The name: <c>BTC-USD</c>.</param>
/// <param name="Composite">The composite: <c>BTC-SPOT</c>.</param>
internal readonly record struct SymbolName(string Symbol, string Composite);

/// <summary>One venue.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Addresses">Where it is.</param>
/// <param name="Symbols">What is followed there, in the venue's spelling.</param>
internal sealed record VenueOptions(VenueId Id, VenueAddresses Addresses, IReadOnlyList<string> Symbols)
{
    /// <summary>How its connections are treated.</summary>
    public FeedOptions Feed { get; init; } = FeedOptions.Default;
}

/// <summary>One composite.</summary>
/// <param name="Name">Its name: <c>NBBO</c>.</param>
/// <param name="Members">Its members, in order.</param>
internal sealed record CompositeOptions(string Name, IReadOnlyList<MemberName> Members);

/// <summary>An instrument by name, before the venue was asked for it.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Symbol">The venue's spelling.</param>
internal readonly record struct MemberName(VenueId Venue, string Symbol)
{
    /// <inheritdoc />
    public override string ToString() => $"{Venue}/{Symbol}";
}
