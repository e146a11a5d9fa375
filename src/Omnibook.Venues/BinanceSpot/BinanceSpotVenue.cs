using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Binance;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.BinanceSpot;

/// <summary>
/// Binance spot. The hosts that carry market data alone, <c>data-api.binance.vision</c> and <c>data-stream.binance.vision</c>, speak the same.
/// https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
/// </summary>
public sealed class BinanceSpotVenue : IVenue
{
    private readonly VenueAddresses _addresses;
    private readonly SpotTradeFeed _trades;
    private readonly int _snapshotLevels;

    /// <summary>Creates the venue.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="addresses">Where its hosts are; the socket address is the host without the path <c>/stream</c>.</param>
    /// <param name="trades">Which stream feeds trades.</param>
    /// <param name="snapshotLevels">
    /// Levels a side of a snapshot, 1 to 5,000. All of them by default: of BTCUSDT 1,000 reach a third of a per cent, and levels
    /// outside stay unknown until they change. Up to 1,000 cost a fifth of the weight.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="snapshotLevels"/> is outside that range.</exception>
    public BinanceSpotVenue(
        VenueId id,
        VenueAddresses addresses,
        SpotTradeFeed trades = SpotTradeFeed.Aggregates,
        int snapshotLevels = BinanceSpotRequests.MaxDepth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(snapshotLevels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(snapshotLevels, BinanceSpotRequests.MaxDepth);
        (Id, _addresses, _trades, _snapshotLevels, Data) = (id, addresses, trades, snapshotLevels, new SpotData(trades));
        Rules = Rules with { SnapshotLevels = snapshotLevels };
    }

    /// <summary>The real hosts. https://developers.binance.com/docs/binance-spot-api-docs/rest-api/general-api-information</summary>
    public static VenueAddresses Mainnet { get; } = new(new Uri("https://api.binance.com/"), new Uri("wss://stream.binance.com:9443/"));

    /// <inheritdoc />
    public VenueId Id { get; }

    /// <summary>
    /// A connection lives at most 24 hours; at most 5 messages a second may be sent on it, the pongs that answer the server's ping every
    /// 20 s among them (the socket sends those by itself); 6,000 of weight a minute and address.
    /// https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
    /// https://developers.binance.com/docs/binance-spot-api-docs/rest-api/limits
    /// </summary>
    public VenueRules Rules { get; } = new()
    {
        MaxConnectionAge = TimeSpan.FromHours(23),
        SendSpacing = TimeSpan.FromMilliseconds(300),
        SilenceLimit = TimeSpan.FromSeconds(30),
        RestWeight = 6000,
        RestWindow = TimeSpan.FromMinutes(1),
        BookCheck = BookCheck.RestSnapshot,
        UsedWeightHeader = "X-MBX-USED-WEIGHT-1M",
    };

    /// <inheritdoc />
    public VenueData Data { get; }

    /// <inheritdoc />
    public SpellingRules Spelling { get; } = new() { PrincipalQuote = "USDT", PrincipalKind = InstrumentKind.Spot };

    /// <inheritdoc />
    public Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken) =>
        SpotExchangeInfo.ListAsync(Id, rest, cancellationToken);

    /// <inheritdoc />
    public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments) =>
        [.. BinanceStreamNames.Plan("stream", Address(), instruments, instrument => SpotStreams.Of(instrument, _trades))];

    /// <inheritdoc />
    public IReadOnlyList<CandleInterval> StreamedCandles => CandleInterval.All;

    /// <inheritdoc />
    public IReadOnlyList<ConnectionPlan> PlanCandles(IReadOnlyList<CandleStream> candles) =>
        BinanceStreamNames.PlanCandles(Address(), candles);

    /// <inheritdoc />
    public IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null) =>
        new BinanceSession(plan, unknown, SpotTranslation.Rules);

    /// <inheritdoc />
    public RestRequest SnapshotRequest(Instrument instrument) => BinanceSpotRequests.Depth(instrument.Symbol, _snapshotLevels);

    /// <inheritdoc />
    public bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch) =>
        BinanceSnapshot.TryTranslate(instrument, body, receivedAt, batch);

    private Uri Address() => new($"{_addresses.Socket.AbsoluteUri.TrimEnd('/')}/stream");
}
