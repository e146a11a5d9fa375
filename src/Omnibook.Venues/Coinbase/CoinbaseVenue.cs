using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.Coinbase;

/// <summary>
/// Coinbase, by the public channels of its Advanced Trade socket, without a key. A product that is another name of a book
/// (<c>BTC-USDC</c> of <c>BTC-USD</c>) has the other's id as its <see cref="InstrumentListing.WireSymbol"/>, since its data come under it.
/// </summary>
/// <seealso href="https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels"/>
/// <param name="id">Its key.</param>
/// <param name="addresses">Hosts, without the path <c>api/v3/brokerage/…</c>.</param>
public sealed class CoinbaseVenue(VenueId id, VenueAddresses addresses) : IVenue
{
    private readonly CoinbaseTapes _tapes = new();
    private int _sessions;

    /// <summary>The real hosts. https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-endpoints</summary>
    public static VenueAddresses Mainnet { get; } =
        new(new Uri("https://api.coinbase.com/"), new Uri("wss://advanced-trade-ws.coinbase.com/"));

    /// <inheritdoc />
    public VenueId Id => id;

    /// <inheritdoc />
    public VenueRules Rules => CoinbaseRules.Public;

    /// <inheritdoc />
    public VenueData Data { get; } = new CoinbaseData();

    /// <inheritdoc />
    public SpellingRules Spelling { get; } = new() { PrincipalQuote = "USD", PrincipalKind = InstrumentKind.Spot };

    /// <inheritdoc />
    public Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken) =>
        CoinbaseProductList.ListAsync(id, rest, cancellationToken);

    /// <summary>
    /// Thirty products a connection. Two names of one book go to different connections, so that on each a product's id has one meaning.
    /// </summary>
    public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments) =>
        [.. Chunks(instruments).Select((chunk, i) => new ConnectionPlan($"advanced-{i}", addresses.Socket, [.. CoinbaseChannels.Of(chunk)]))];

    /// <inheritdoc />
    public IReadOnlyList<CandleInterval> StreamedCandles { get; } = [CoinbaseChannels.FiveMinutes];

    /// <inheritdoc />
    public IReadOnlyList<ConnectionPlan> PlanCandles(IReadOnlyList<CandleStream> candles) =>
    [
        .. Chunks(candles.Select(candle => candle.Instrument))
            .Select((chunk, i) => new ConnectionPlan($"candles-{i}", addresses.Socket, [.. chunk.Select(CoinbaseChannels.CandlesOf)])),
    ];

    /// <inheritdoc />
    public IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null) =>
        new CoinbaseSession(plan, Interlocked.Increment(ref _sessions) - 1, _tapes, unknown);

    private static IEnumerable<Instrument[]> Chunks(IEnumerable<Instrument> instruments) =>
        instruments
            .Distinct()
            .GroupBy(instrument => instrument.Listing.WireSymbol, StringComparer.Ordinal)
            .SelectMany(names => names.Select((instrument, layer) => (instrument, layer)))
            .GroupBy(named => named.layer, named => named.instrument)
            .SelectMany(layer => layer.Chunk(CoinbaseRules.MaxBooks));

    /// <summary>None: the socket sends a snapshot on subscribing, and the REST book bears no number.</summary>
    public RestRequest? SnapshotRequest(Instrument instrument) => null;

    /// <summary>Never: no answer of the venue is a book that updates could be applied to.</summary>
    public bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch) => false;
}
