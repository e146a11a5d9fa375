using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.Lighter;

/// <summary>
/// Lighter (zkLighter), public market data of perpetuals and spot. Streams and requests name a market by its number, which is an
/// instrument's <see cref="InstrumentListing.WireSymbol"/>. Snapshots come on the socket; the REST book has no number and cannot begin one.
/// </summary>
/// <seealso href="https://apidocs.lighter.xyz/docs/websocket-reference"/>
/// <param name="id">The key: mainnet, testnet and other deployments are venues of this one kind.</param>
/// <param name="addresses">
/// Hosts, without the paths <c>api/v1/…</c> and <c>stream</c>. From a region that is not served, a socket address that ends in
/// <c>?readonly=true</c> is let in (otherwise the handshake is refused with 400 and code 20558).
/// </param>
public sealed class LighterVenue(VenueId id, VenueAddresses addresses) : IVenue
{
    private readonly LighterTapes _tapes = new();

    private Uri StreamAddress => new(addresses.Socket, "stream" + addresses.Socket.Query);

    /// <summary>The main network.</summary>
    public static VenueAddresses Mainnet { get; } =
        new(new Uri("https://mainnet.zklighter.elliot.ai/"), new Uri("wss://mainnet.zklighter.elliot.ai/"));

    /// <summary>The test network.</summary>
    public static VenueAddresses Testnet { get; } =
        new(new Uri("https://testnet.zklighter.elliot.ai/"), new Uri("wss://testnet.zklighter.elliot.ai/"));

    /// <inheritdoc />
    public VenueId Id => id;

    /// <inheritdoc />
    public VenueRules Rules => LighterRules.Public;

    /// <inheritdoc />
    public VenueData Data { get; } = new LighterData(id);

    /// <summary>Perpetuals are priced in dollars and margined in USDC, https://docs.lighter.xyz/perpetual-futures/contract-specifications.</summary>
    public SpellingRules Spelling { get; } = new() { PrincipalQuote = "USDC", AnyDollar = ["USD", "USDC"] };

    /// <inheritdoc />
    public Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken) =>
        LighterInstruments.ListAsync(id, rest, cancellationToken);

    /// <summary>
    /// Books are subscribed first, since the venue takes few messages a minute. Where there are too many markets for all channels, those that
    /// are least wanted are left out: first the best prices apart from the book, then mark prices and funding, then trades.
    /// </summary>
    /// <exception cref="ArgumentException">More books than the venue allows would be needed.</exception>
    public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments)
    {
        var affordable = LighterChannels.MaxSubscriptions / Math.Max(1, instruments.Count);
        if (affordable == 0)
        {
            throw new ArgumentException(
                $"{instruments.Count} markets need as many subscriptions; Lighter allows {LighterChannels.MaxSubscriptions} to one address.", nameof(instruments));
        }

        var streamsOfEach = instruments.Select(instrument => LighterChannels.Of(instrument).Take(affordable).ToArray()).ToArray();
        var most = streamsOfEach.Select(streams => streams.Length).DefaultIfEmpty(1).Max();
        return [.. streamsOfEach
            .Chunk(LighterChannels.MaxPerConnection / most)
            .Select((chunk, i) => new ConnectionPlan(
                $"stream-{i}", StreamAddress, [.. chunk.SelectMany(streams => streams).OrderBy(stream => stream.Channel == Channel.Book ? 0 : 1)]))];
    }

    /// <inheritdoc />
    public IReadOnlyList<CandleInterval> StreamedCandles => LighterChannels.Intervals;

    /// <inheritdoc />
    public IReadOnlyList<ConnectionPlan> PlanCandles(IReadOnlyList<CandleStream> candles) =>
    [
        .. candles.Distinct().Select(LighterChannels.Of).Chunk(LighterChannels.MaxPerConnection)
            .Select((streams, i) => new ConnectionPlan($"candles-{i}", StreamAddress, streams)),
    ];

    /// <inheritdoc />
    public IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null) =>
        new LighterSession(plan, _tapes, unknown);

    /// <summary>None: the socket sends a snapshot on subscribing, and the REST book bears no number.</summary>
    public RestRequest? SnapshotRequest(Instrument instrument) => null;

    /// <summary>Never: no answer of the venue is a book that updates could be applied to.</summary>
    public bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch) => false;
}
