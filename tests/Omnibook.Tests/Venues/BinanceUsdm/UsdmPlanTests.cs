using System.Text;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.BinanceUsdm;

namespace Omnibook.Tests.Venues.BinanceUsdm;

public sealed class UsdmPlanTests
{
    [Fact]
    public void Book_data_goes_over_public_and_everything_else_over_market()
    {
        var plans = Usdm.Venue.Plan([Usdm.Bitcoin]);

        Assert.Equal(["public-0", "market-0"], plans.Select(plan => plan.Name));
        Assert.Equal(
            ["wss://fstream.binance.com/public/stream", "wss://fstream.binance.com/market/stream"],
            plans.Select(plan => plan.Address.AbsoluteUri));
        Assert.Equal(["btcusdt@depth@100ms", "btcusdt@bookTicker"], plans[0].Streams.Select(stream => stream.Name));
        Assert.Equal(["btcusdt@aggTrade", "btcusdt@markPrice@1s", "btcusdt@forceOrder"], plans[1].Streams.Select(stream => stream.Name));
    }

    [Fact]
    public void Single_trades_go_over_public_and_replace_the_aggregates()
    {
        var venue = new BinanceUsdmVenue(Usdm.Venue.Id, BinanceUsdmVenue.Mainnet, UsdmTradeFeed.Fills);

        var streams = venue.Plan([Usdm.Bitcoin]).SelectMany(plan => plan.Streams.Select(stream => $"{plan.Name} {stream.Name}")).ToArray();

        Assert.Contains("public-0 btcusdt@trade", streams);
        Assert.DoesNotContain(streams, stream => stream.EndsWith("@aggTrade", StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_with_a_path_keeps_it()
    {
        var venue = new BinanceUsdmVenue(Usdm.Venue.Id, new VenueAddresses(new Uri("http://127.0.0.1:1/rest"), new Uri("ws://127.0.0.1:2/usdm")));

        Assert.Equal("ws://127.0.0.1:2/usdm/public/stream", venue.Plan([Usdm.Bitcoin])[0].Address.AbsoluteUri);
    }

    [Fact]
    public void Two_hundred_streams_are_on_a_connection_at_most_and_an_instrument_stays_whole()
    {
        var instruments = Many(250);

        var plans = Usdm.Venue.Plan(instruments);

        Assert.All(plans, plan => Assert.InRange(plan.Streams.Count, 1, 200));
        Assert.Equal(250 * 5, plans.Sum(plan => plan.Streams.Count));
        Assert.Equal(plans.Count, plans.Select(plan => plan.Name).Distinct().Count());
        Assert.All(
            instruments,
            instrument => Assert.Equal(2, plans.Count(plan => plan.Streams.Any(stream => stream.Instrument == instrument))));
    }

    [Fact]
    public void Subscriptions_are_asked_a_hundred_at_a_time_under_whole_numbers()
    {
        var session = Usdm.Planned("public", Many(100));

        var requests = session.Opening.Select(frame => JsonDocument.Parse(frame).RootElement).ToArray();

        Assert.Equal([100, 100], requests.Select(request => request.GetProperty("params").GetArrayLength()));
        Assert.Equal([1L, 2L], requests.Select(request => request.GetProperty("id").GetInt64()));
        Assert.All(requests, request => Assert.Equal("SUBSCRIBE", request.GetProperty("method").GetString()));
    }

    [Fact]
    public void Beginning_a_stream_anew_unsubscribes_first()
    {
        var session = Usdm.Planned("market", Usdm.Bitcoin);

        var frames = session.Resubscribe(1).Select(frame => Encoding.UTF8.GetString(frame.Span)).ToArray();

        Assert.Equal(
            ["""{"method":"UNSUBSCRIBE","params":["btcusdt@markPrice@1s"],"id":1002}""", """{"method":"SUBSCRIBE","params":["btcusdt@markPrice@1s"],"id":1003}"""],
            frames);
        Assert.Equal(new FrameOutcome(FrameKind.Acknowledged, 1), session.Translate("""{"result":null,"id":1003}""", new()));
    }

    [Fact]
    public void Symbols_of_any_alphabet_are_subscribed_and_asked_for()
    {
        var instrument = new Instrument(new InstrumentId(3), Usdm.Listing("币安人生USDT", 5, 0));
        var session = Usdm.Planned("public", instrument);

        Assert.Equal("币安人生usdt@depth@100ms", JsonDocument.Parse(session.Opening[0]).RootElement.GetProperty("params")[0].GetString());
        Assert.Equal("fapi/v1/depth?symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&limit=1000", Usdm.Venue.SnapshotRequest(instrument).Path);
        var frame = """{"stream":"币安人生usdt@bookTicker","data":{"e":"bookTicker","u":7,"s":"币安人生USDT","b":"0.1","B":"1","a":"0.2","A":"2","T":1726048000000,"E":1726048000001}}""";
        var escaped = frame.Replace("币安人生USDT", """\u5e01\u5b89\u4eba\u751fUSDT""", StringComparison.Ordinal);
        Assert.Equal(session.Told(frame), session.Told(escaped));
        Assert.StartsWith("FrameOutcome { Kind = Data, Stream = 1", session.Told(frame), StringComparison.Ordinal);
    }

    private static Instrument[] Many(int count) =>
        Enumerable.Range(0, count).Select(i => new Instrument(new InstrumentId(i), Usdm.Listing($"COIN{i}USDT", 4, 0))).ToArray();
}
