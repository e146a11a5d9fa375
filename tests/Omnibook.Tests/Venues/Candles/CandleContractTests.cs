using System.Text;
using System.Text.Json;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Candles;

/// <summary>What every venue of the list promises of its candle streams.</summary>
public sealed class CandleContractTests
{
    private static readonly Timestamp Noon = Timestamp.FromMilliseconds(1_790_000_000_000);

    private static readonly VenueAddresses Elsewhere = new(new Uri("http://127.0.0.1:4711/rest/"), new Uri("ws://127.0.0.1:4712/socket/"));

    public static TheoryData<string> Venues =>
        [.. KnownVenues.All.Where(venue => venue.Create(venue.Defaults).StreamedCandles.Count > 0).Select(venue => venue.Id.Key)];

    [Theory]
    [MemberData(nameof(Venues))]
    public void Every_candle_that_is_streamed_has_one_stream_at_the_configured_address(string key)
    {
        var venue = Make(key);
        CandleStream[] wanted = [.. venue.StreamedCandles.SelectMany(interval => new[] { Coin(0, "BTC", "1"), Coin(1, "ETH", "0") }.Select(coin => new CandleStream(coin, interval)))];
        var plans = venue.PlanCandles([.. wanted, wanted[0]]);
        var streams = plans.SelectMany(plan => plan.Streams).ToArray();
        Assert.Distinct(plans.Select(plan => plan.Name));
        Assert.Distinct(streams.Select(stream => stream.Name));
        Assert.Equal(
            wanted.Select(candle => (candle.Instrument.Symbol, candle.Interval.Name)).Order(),
            streams.Select(stream => (stream.Instrument.Symbol, stream.Interval!.Name)).Order());
        Assert.All(streams, stream => Assert.Equal((Channel.Candles, null), (stream.Channel, stream.QuietLimit)));
        Assert.All(plans, plan => Assert.StartsWith("ws://127.0.0.1:4712/socket/", plan.Address.AbsoluteUri, StringComparison.Ordinal));
        Assert.All(plans, plan => Assert.Empty(plan.Books));
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void What_is_sent_for_candles_is_JSON_and_small(string key)
    {
        var venue = Make(key);
        foreach (var plan in venue.PlanCandles([.. venue.StreamedCandles.Select(interval => new CandleStream(Coin(0, "BTC", "1"), interval))]))
        {
            var session = venue.OpenSession(plan);
            Assert.NotEmpty(session.Opening);
            var frames = session.Opening.Concat(Enumerable.Range(0, plan.Streams.Count).SelectMany(session.Resubscribe));
            Assert.All(frames, frame =>
            {
                JsonDocument.Parse(frame).Dispose();
                Assert.InRange(frame.Length, 2, 16 * 1024);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void No_candles_need_no_socket(string key) => Assert.Empty(Make(key).PlanCandles([]));

    [Theory]
    [InlineData("binance-usdm", "5m", """{"stream":"btc@kline_5m","data":{"e":"kline","E":1638747660000,"s":"BTC","k":{"t":1638747660000,"T":1638747719999,"s":"BTC","i":"5m","f":100,"L":200,"o":"10.5","c":"20.5","h":"25.5","l":"10.5","v":"1000","n":100,"x":false,"q":"1.0000","V":"500","Q":"0.500","B":"123456"}}}""")]
    [InlineData("binance-spot", "5m", """{"stream":"btc@kline_5m","data":{"e":"kline","E":1638747660000,"s":"BTC","k":{"t":1638747660000,"T":1638747719999,"s":"BTC","i":"5m","f":100,"L":200,"o":"10.5","c":"20.5","h":"25.5","l":"10.5","v":"1000","n":100,"x":true,"q":"1.0000","V":"500","Q":"0.500","B":"123456"}}}""")]
    [InlineData("bybit", "5m", """{"topic":"kline.5.BTC","data":[{"start":1672324800000,"end":1672325099999,"interval":"5","open":"16649.5","close":"16677","high":"16677","low":"16608","volume":"2.081","turnover":"34666.4005","confirm":false,"timestamp":1672324988882}],"ts":1672324988882,"type":"snapshot"}""")]
    [InlineData("hyperliquid", "5m", """{"channel":"candle","data":{"t":1764806400000,"T":1764806699999,"s":"BTC","i":"5m","o":"34.6","c":"34.8","h":"36.2","l":"34.2","v":"3495670.8399999999","n":102895}}""")]
    [InlineData("lighter", "5m", """{"candles":[{"t":1778821500000,"o":2264.2,"h":2264.3,"l":2263.3,"c":2263.9,"v":13.223699999999997,"V":29934.600011999984,"i":19993571166}],"channel":"candle:1:5m","timestamp":1778821571842,"type":"update/candle"}""")]
    [InlineData("coinbase", "5m", """{"channel":"candles","client_id":"","timestamp":"2026-04-07T14:30:05.000000Z","sequence_num":3,"events":[{"type":"update","candles":[{"start":"1775521800","high":"68950.00","low":"68850.00","open":"68900.00","close":"68920.50","volume":"42.15000000","product_id":"BTC"}]}]}""")]
    public void Candles_allocate_nothing(string key, string interval, string text)
    {
        var venue = Make(key);
        var plan = Assert.Single(venue.PlanCandles([new CandleStream(Coin(0, "BTC", key == "lighter" ? "1" : "BTC"), CandleInterval.Parse(interval))]));
        var session = venue.OpenSession(plan);

        // Coinbase counts its frames.
        byte[][] frames = [.. Enumerable.Range(0, 3000).Select(number => Encoding.UTF8.GetBytes(text.Replace("num\":3", $"num\":{number}", StringComparison.Ordinal)))];
        var batch = new EventBatch();
        Translate(0, 2000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Translate(2000, 3000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Translate(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                batch.Clear();
                var outcome = session.Translate(frames[i], Noon, batch);
                if (outcome.Kind != FrameKind.Data)
                {
                    Assert.Fail(outcome.ToString());
                }
            }
        }
    }

    private static IVenue Make(string key) => KnownVenues.All.Single(venue => venue.Id.Key == key).Create(Elsewhere);

    private static Instrument Coin(int index, string symbol, string wire) =>
        new(new InstrumentId(index), new InstrumentListing
        {
            Venue = new VenueId("made"),
            Symbol = symbol,
            WireSymbol = wire,
            Pair = new Pair(symbol, "USD"),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(2),
            QuantityScale = new Scale(3),
            Tick = new Price(1),
            Lot = new Quantity(1),
        });
}
