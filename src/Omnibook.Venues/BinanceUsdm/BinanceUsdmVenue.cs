using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues.Binance;
using Omnibook.Venues.Data;

namespace Omnibook.Venues.BinanceUsdm;

/// <summary>
/// Binance USD-M futures: perpetual and dated contracts margined in stablecoins.
/// https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info
/// </summary>
public sealed class BinanceUsdmVenue : IVenue
{
    // 1,000 levels a side, the most there is, for a weight of 20.
    private const int SnapshotLevels = 1000;
    private const int SnapshotWeight = 20;

    private readonly VenueAddresses _addresses;
    private readonly UsdmTradeFeed _trades;

    /// <summary>Creates the venue.</summary>
    /// <param name="id">Its key.</param>
    /// <param name="addresses">Where its hosts are; the socket address is the host without the paths <c>/public</c> and <c>/market</c>.</param>
    /// <param name="trades">Which stream feeds trades.</param>
    public BinanceUsdmVenue(VenueId id, VenueAddresses addresses, UsdmTradeFeed trades = UsdmTradeFeed.Aggregates) =>
        (Id, _addresses, _trades, Data) = (id, addresses, trades, new UsdmData(id, trades));

    /// <summary>The real hosts. https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info</summary>
    public static VenueAddresses Mainnet { get; } = new(new Uri("https://fapi.binance.com/"), new Uri("wss://fstream.binance.com/"));

    /// <inheritdoc />
    public VenueId Id { get; }

    /// <summary>
    /// A connection lives at most 24 hours; at most 10 messages a second may be sent on it, pongs included, so half of that is used;
    /// the server pings every three minutes and the socket answers by itself; 2,400 of weight a minute and address.
    /// https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Connect
    /// </summary>
    public VenueRules Rules { get; } = new()
    {
        MaxConnectionAge = TimeSpan.FromHours(23),
        SendSpacing = TimeSpan.FromMilliseconds(200),
        SilenceLimit = TimeSpan.FromSeconds(30),

        // Two connections an instrument, for the two paths; the venue names no bound.
        ConnectionsOnDemand = 100,
        RestWeight = 2400,
        UsedWeightHeader = "X-MBX-USED-WEIGHT-1M",
        RestWindow = TimeSpan.FromMinutes(1),
        BookCheck = BookCheck.RestSnapshot,
        SnapshotLevels = SnapshotLevels,
    };

    /// <inheritdoc />
    public VenueData Data { get; }

    /// <inheritdoc />
    public SpellingRules Spelling { get; } = new() { PrincipalQuote = "USDT" };

    /// <inheritdoc />
    public Task<IReadOnlyList<InstrumentListing>> ListInstrumentsAsync(VenueRest rest, CancellationToken cancellationToken) =>
        UsdmExchangeInfo.ListAsync(Id, rest, cancellationToken);

    /// <inheritdoc />
    public IReadOnlyList<ConnectionPlan> Plan(IReadOnlyList<Instrument> instruments) =>
    [
        .. BinanceStreamNames.Plan("public", Address("public"), instruments, instrument => UsdmStreams.Public(instrument, _trades)),
        .. BinanceStreamNames.Plan("market", Address("market"), instruments, instrument => UsdmStreams.Market(instrument, _trades)),
    ];

    /// <inheritdoc />
    public IReadOnlyList<CandleInterval> StreamedCandles => CandleInterval.All;

    /// <inheritdoc />
    public IReadOnlyList<ConnectionPlan> PlanCandles(IReadOnlyList<CandleStream> candles) =>
        BinanceStreamNames.PlanCandles(Address("market"), candles);

    /// <inheritdoc />
    public IVenueSession OpenSession(ConnectionPlan plan, Func<string, Instrument?>? unknown = null) =>
        new BinanceSession(plan, unknown, UsdmTranslation.Rules);

    /// <inheritdoc />
    public RestRequest SnapshotRequest(Instrument instrument) =>
        new($"fapi/v1/depth?symbol={Uri.EscapeDataString(instrument.Symbol)}&limit={SnapshotLevels}", SnapshotWeight);

    /// <inheritdoc />
    public bool TryTranslateSnapshot(Instrument instrument, ReadOnlySpan<byte> body, Timestamp receivedAt, EventBatch batch) =>
        BinanceSnapshot.TryTranslate(instrument, body, receivedAt, batch);

    private Uri Address(string path) => new($"{_addresses.Socket.AbsoluteUri.TrimEnd('/')}/{path}/stream");
}
