using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// Hyperliquid perpetuals, public market data: the first dex (<c>BTC</c>) and the builder dexes (<c>merrli:BTC</c>).
/// Forced orders are not published for the whole market, so there are none.
/// </summary>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api"/>
/// <param name="id">The key: mainnet and testnet are two venues of this one kind.</param>
/// <param name="addresses">Hosts, without the paths <c>info</c> and <c>ws</c>.</param>
public sealed class HyperliquidVenue(VenueId id, VenueAddresses addresses) : IVenue
{
    private readonly ConnectionPlanner _planner = new(addresses.Socket);

    /// <summary>The main network.</summary>
    public static VenueAddresses Mainnet { get; } =
        new(new Uri("https://api.hyperliquid.xyz/"), new Uri("wss://api.hyperliquid.xyz/"));

    /// <summary>The test network, where the builder dexes <c>merrli</c>, <c>sekaw</c> and <c>btcx</c> live.</summary>
    public static VenueAddresses Testnet { get; } =
        new(new Uri("https://api.hyperliquid-testnet.xyz/"), new Uri("wss://api.hyperliquid-testnet.xyz/"));

    /// <inheritdoc />
    public VenueId Id => id;

    /// <inheritdoc />
    public VenueRules Rules => HyperliquidRules.Public;

    /// <inheritdoc />
    public VenueData Data { get; } = new HyperliquidData(id);

    /// <summary>
    /// Each dex has one quote, so a dollar's name after a coin says nothing: <c>BTCUSDT</c> is <c>BTC</c>. Contracts are priced in dollars
    /// and margined in USDC on the first dex, https://hyperliquid.gitbook.io/hyperliquid-docs/trading/contract-specifications.
    /// </summary>
    public SpellingRules Spelling { get; } = new() { PrincipalQuote = "USDC", AnyDollar = ["USD", "USDT", "USDC", "BUSD", "DAI", "TUSD", "USDP"] };

    /// <inheritdoc />
    public Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken) =>
        new InstrumentList(id, rest).ReadAsync(cancellationToken);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">More subscriptions than the venue allows would be needed.</exception>
    public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments) => _planner.Plan(instruments);

    /// <summary>https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions</summary>
    public IReadOnlyList<CandleInterval> StreamedCandles { get; } = [.. CandleInterval.All.Where(interval => interval.Name != "6h")];

    /// <inheritdoc />
    public IReadOnlyList<ConnectionPlan> PlanCandles(IReadOnlyList<CandleStream> candles) => _planner.PlanCandles(candles);

    /// <inheritdoc />
    public IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null) =>
        new HyperliquidSession(plan, unknown);

    /// <summary>
    /// Asks for the book at once: the socket would bring a snapshot too, but only with its next push, some five seconds later.
    /// </summary>
    public RestRequest? SnapshotRequest(Instrument instrument) => InfoRequests.L2Book(instrument.Listing.WireSymbol);

    /// <inheritdoc />
    public bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch)
    {
        // The answer for an unknown coin is HTTP 200 with null, which is no object and so no book.
        try
        {
            var reader = new Utf8JsonReader(body);
            var book = new BookReader(new SymbolTable([instrument]), batch);
            if (!reader.Read() || book.Read(ref reader) != FrameReading.Complete)
            {
                return false;
            }

            FrameJson.Finish(ref reader);
            batch.EndBook(book.Time, book.Time, FrameJson.Times(book.Time, receivedAt));
            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Not JSON, or texts that are no Unicode: not such an answer.
            batch.CancelBook();
            return false;
        }
    }
}
