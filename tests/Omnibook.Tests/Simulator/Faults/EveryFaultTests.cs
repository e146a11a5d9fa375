using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Tests.Simulator.Faults;

public class EveryFaultTests
{
    private static readonly string[] PublicStreams =
        ["btcusdt@depth@100ms", "btcusdt@depth20@100ms", "btcusdt@bookTicker", "btcusdt@trade", "!bookTicker"];

    private static readonly string[] MarketStreams =
    [
        "btcusdt@aggTrade", "btcusdt@markPrice@1s", "!markPrice@arr@1s", "btcusdt@kline_1m", "btcusdt@ticker", "!miniTicker@arr",
        "!forceOrder@arr", "!contractInfo",
    ];

    public static TheoryData<string> Kinds => [.. FaultCatalog.All.Select(static kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_venue_runs_on_through_every_fault_and_is_well_again_after_it(string kind)
    {
        foreach (var venue in new[] { VirtualVenue.Binance(), VirtualVenue.Hyperliquid() })
        {
            if (FaultCatalog.Find(kind)!.OnlyVenues is { Count: > 0 } only && !only.Contains(venue.Venue.Key, StringComparer.Ordinal))
            {
                continue;
            }

            var connections = ConnectAll(venue);
            var request = new FaultRequest { Fault = kind };
            venue.Inject(FaultCatalog.Find(kind)!.Parameters.Contains("durationMs", StringComparer.Ordinal) ? request with { DurationMs = 3000 } : request);
            ConnectAll(venue);
            venue.Venue.Answer(RestCall.Get("/fapi/v1/depth", ("symbol", "BTCUSDT")));
            venue.Run(4);
            connections.ForEach(static connection => VirtualVenue.Drain(connection));

            var after = ConnectAll(venue);
            venue.Run(6);
            Assert.Empty(venue.Venue.Faults.Active);
            Assert.All(after, static connection => Assert.All(VirtualVenue.Drain(connection), static frame => Assert.Equal(OutboundKind.Text, frame.Kind)));
        }
    }

    private static List<VenueConnection> ConnectAll(VirtualVenue venue) => venue.Venue.Key == "binance-usdm"
        ?
        [
            venue.Connect("/public/stream", string.Join('/', PublicStreams)), venue.Connect("/public/ws/" + string.Join('/', PublicStreams)),
            venue.Connect("/market/stream", string.Join('/', MarketStreams)), venue.Connect("/market/ws/" + string.Join('/', MarketStreams)),
        ]
        :
        [
            venue.Subscribed(
                """{"type":"l2Book","coin":"merrli:BTC"}""", """{"type":"bbo","coin":"BTC"}""", """{"type":"trades","coin":"BTC"}""",
                """{"type":"candle","coin":"BTC","interval":"1m"}""", """{"type":"activeAssetCtx","coin":"ETH"}""", """{"type":"allMids"}""",
                """{"type":"allDexsAssetCtxs"}""", """{"type":"userFills","user":"0x0000000000000000000000000000000000000002"}"""),
        ];
}
