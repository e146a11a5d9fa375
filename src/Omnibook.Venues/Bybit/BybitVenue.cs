using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Bybit V5 linear: perpetuals and dated contracts that settle in USDT or USDC, public market data. Snapshots come on the socket; the
/// REST book counts like the 1000-level stream and cannot begin another depth.
/// </summary>
/// <seealso href="https://bybit-exchange.github.io/docs/v5/intro"/>
/// <param name="id">The key: mainnet and testnet are two venues of this one kind.</param>
/// <param name="addresses">Hosts, without the paths <c>v5/…</c>.</param>
/// <param name="options">What can be chosen; null for the defaults.</param>
public sealed class BybitVenue(VenueId id, VenueAddresses addresses, BybitOptions? options = null) : IVenue
{
    private readonly BybitOptions _options = Checked(options ?? new BybitOptions());

    /// <summary>The main network. <c>https://api.bytick.com/</c> is the same; some countries have their own hosts.</summary>
    public static VenueAddresses Mainnet { get; } =
        new(new Uri("https://api.bybit.com/"), new Uri("wss://stream.bybit.com/"));

    /// <summary>The test network.</summary>
    public static VenueAddresses Testnet { get; } =
        new(new Uri("https://api-testnet.bybit.com/"), new Uri("wss://stream-testnet.bybit.com/"));

    /// <inheritdoc />
    public VenueId Id => id;

    /// <inheritdoc />
    public VenueRules Rules => BybitRules.Public;

    /// <inheritdoc />
    public VenueData Data { get; } = new BybitData(id);

    /// <inheritdoc />
    public SpellingRules Spelling { get; } = new() { PrincipalQuote = "USDT" };

    /// <inheritdoc />
    public Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken) =>
        BybitInstruments.ListAsync(id, rest, cancellationToken);

    /// <summary>One socket carries one category. All streams of an instrument share a socket, so that they fall silent together.</summary>
    public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments)
    {
        var address = new Uri(addresses.Socket, "v5/public/linear");
        var streamsOfEach = instruments.Select(instrument => BybitTopics.Of(instrument, _options).ToArray()).ToArray();
        return streamsOfEach.Length == 0
            ? []
            : [.. streamsOfEach
                .Chunk(BybitTopics.MaxPerConnection / streamsOfEach[0].Length)
                .Select((chunk, i) => new ConnectionPlan($"linear-{i}", address, [.. chunk.SelectMany(streams => streams)]))];
    }

    /// <inheritdoc />
    public IReadOnlyList<CandleInterval> StreamedCandles { get; } = [.. BybitTopics.Intervals.Keys];

    /// <inheritdoc />
    public IReadOnlyList<ConnectionPlan> PlanCandles(IReadOnlyList<CandleStream> candles) =>
    [
        .. candles.Distinct().Select(BybitTopics.Of).Chunk(BybitTopics.MaxPerConnection)
            .Select((streams, i) => new ConnectionPlan($"candles-{i}", new Uri(addresses.Socket, "v5/public/linear"), streams)),
    ];

    /// <inheritdoc />
    public IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null) =>
        new BybitSession(plan, _options, unknown);

    /// <summary>None: the socket sends a snapshot on subscribing, and no other counts alike.</summary>
    public RestRequest? SnapshotRequest(Instrument instrument) => null;

    /// <summary>
    /// Reads the answer to <see cref="BybitRequests.OrderBook"/>, for comparison. Its number is that of the 1000-level stream, so
    /// only a book of that depth may be begun with it.
    /// </summary>
    public bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch)
    {
        try
        {
            return BybitRestBook.TryRead(instrument, body, receivedAt, batch);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Not JSON, or texts that are no Unicode: not such an answer.
            batch.CancelBook();
            return false;
        }
    }

    private static BybitOptions Checked(BybitOptions options) =>
        options.BookDepth is 50 or 200 or 1000
            ? options
            : throw new ArgumentException($"Bybit has no book of {options.BookDepth} levels for contracts: 50, 200 or 1000.", nameof(options));
}
