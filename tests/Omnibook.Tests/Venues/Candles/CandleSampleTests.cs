using System.Text;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Hyperliquid;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Candles;

/// <summary>Candle streams as two client libraries (JKorf's, nautilus_trader) sample them, field by field.</summary>
public sealed class CandleSampleTests
{
    private static readonly Timestamp Noon = Timestamp.FromMilliseconds(1_790_000_000_000);

    [Theory]
    [InlineData("binance-usdm/nautilus/kline_stream_open.json", false, "0.0015")]
    [InlineData("binance-usdm/nautilus/kline_stream_closed.json", true, "0.001")]
    public void Nautilus_binance_usdm(string file, bool isClosed, string low) => Assert.Equal(
        Candle(Coin("BTCUSDT", 4, 3), "1m", 1638747660000, "0.001", "0.0025", low, "0.002", 1000, 1, 100, isClosed, 1638747660000),
        Read("binance-usdm", Coin("BTCUSDT", 4, 3), "1m", SharedCaptures.Read(file)));

    [Theory]
    [InlineData("binance-usdm", "Subscriptions__UsdFutures__Klines")]
    [InlineData("binance-spot", "Subscriptions__Spot__ExchangeData__Klines")]
    public void JKorf_binance(string venue, string file)
    {
        // Spot's candle is of 1970 there, which no candle can be.
        var text = SampleFiles.Answers($"{venue}/jkorf/{file}.txt")[^1].Replace("123400000", "1638747660000", StringComparison.Ordinal);
        var coin = Coin(venue == "binance-usdm" ? "BTCUSDT" : "BNBBTC", 4, 3);
        Assert.Equal(
            Candle(coin, "1m", 1638747660000, "0.001", "0.0025", "0.0015", "0.002", 1000, 1, 100, false, venue == "binance-usdm" ? 1638747660000 : 1672515782136),
            Read(venue, coin, null, text));
    }

    [Fact]
    public void JKorf_hyperliquid_sums_volumes_in_floating_point()
    {
        var coin = Coin("HYPE", 4, 2);
        Assert.Equal(
            Candle(coin, "1d", 1764806400000, "34.668", "36.219", "34.251", "34.868", 3495670.84m, null, 102895, null, 0),
            Read("hyperliquid", coin, "1d", SampleFiles.Answers("hyperliquid/jkorf/Subscriptions__Klines.txt")[^1]));
    }

    [Fact]
    public void Nautilus_bybit()
    {
        var coin = Coin("BTCUSDT", 2, 3);
        var candle = Read("bybit", coin, "5m", SharedCaptures.Read("bybit/nautilus/ws_kline.json"));
        Assert.Equal(
            (1672324800000, "16649.5", "16677", "16608", "16677", 2.081m, 34666.4005m, false),
            (candle.Start.UnixMilliseconds, Text(coin, candle.Open), Text(coin, candle.High), Text(coin, candle.Low), Text(coin, candle.Close),
                candle.BaseVolume, candle.QuoteVolume, candle.IsClosed));
    }

    [Theory]
    [InlineData("ws_candle_subscribed", "2263.97", "13.2237", "29934.600012")]
    [InlineData("ws_candle_update", "2263.89", "13.2243", "29935.958346")]
    public void Nautilus_lighter(string file, string close, string volume, string quote)
    {
        var coin = Coin("ETH", 2, 4, "0");
        var candle = Read("lighter", coin, "1m", SharedCaptures.Read($"lighter/nautilus/{file}.json"));
        Assert.Equal(
            Candle(
                coin, "1m", 1778821440000, "2264.2", "2264.34", "2263.36", close, Number(volume), Number(quote), null, null,
                candle.Times.VenueTime.UnixMilliseconds),
            candle);
    }

    [Fact]
    public void JKorf_lighter() => Assert.Equal(
        46293.345028m, Read("lighter", Coin("ETH", 2, 4, "0"), "1h", SampleFiles.Answers("lighter/jkorf/Subscriptions__Exchange__Kline.txt")[^1]).QuoteVolume);

    [Fact]
    public void Coinbase_of_both()
    {
        var (bitcoin, ether) = (Coin("BTC-USD", 2, 8), Coin("ETH-USDT", 2, 8));
        var candle = Read("coinbase", bitcoin, "5m", SharedCaptures.Read("coinbase/nautilus/ws_candles.json"));
        Assert.Equal(
            Candle(bitcoin, "5m", 1775521800000, "68900", "68950", "68850", "68920.5", 42.15m, null, null, null, candle.Times.VenueTime.UnixMilliseconds), candle);
        Assert.Equal(
            (0.20269406m, 1688998200000),
            Read("coinbase", ether, "5m", SampleFiles.Answers("coinbase/jkorf/Subscriptions__AdvancedTrade__Klines.txt")[^1]) is var other
                ? (other.BaseVolume, other.Start.UnixMilliseconds) : default);
    }

    private static Instrument Coin(string symbol, int priceDecimals, int quantityDecimals, string? wire = null) =>
        new(new InstrumentId(0), new InstrumentListing
        {
            Venue = new VenueId("made"),
            Symbol = symbol,
            WireSymbol = wire ?? symbol,
            Pair = new Pair(symbol, "USD"),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(priceDecimals),
            QuantityScale = new Scale(quantityDecimals),
            Tick = new Price(1),
            Lot = new Quantity(1),
        });

    /// <summary>The one candle of a frame; of a session that learns where no interval is named.</summary>
    private static CandleUpdate Read(string venue, Instrument coin, string? interval, string frame)
    {
        var made = KnownVenues.All.Single(known => known.Id.Key == venue) is var known ? known.Create(known.Defaults) : null!;
        var session = interval is null
            ? made.OpenSession(new ConnectionPlan("test", new Uri("capture:/"), []), symbol => symbol == coin.Symbol ? coin : null)
            : made.OpenSession(Assert.Single(made.PlanCandles([new CandleStream(coin, CandleInterval.Parse(interval))])));
        var batch = new EventBatch();
        var outcome = session.Translate(Encoding.UTF8.GetBytes(frame), Noon, batch);
        Assert.Equal((FrameKind.Data, interval is null ? -1 : 0), (outcome.Kind, outcome.Stream));
        return Assert.Single(TranslatedEvents.Of(batch).Candles);
    }

    private static CandleUpdate Candle(
        Instrument coin, string interval, long start, string open, string high, string low, string close,
        decimal volume, decimal? quote, long? trades, bool? isClosed, long at) =>
        new(
            coin.Id, CandleInterval.Parse(interval), Timestamp.FromMilliseconds(start), PriceOf(coin, open), PriceOf(coin, high), PriceOf(coin, low),
            PriceOf(coin, close), volume, quote, trades, isClosed, new EventTimes(Timestamp.FromMilliseconds(at), Noon));

    private static Price PriceOf(Instrument coin, string text) => new(coin.PriceScale.FromDecimal(Number(text)));

    private static string Text(Instrument coin, Price price) => coin.PriceScale.Format(price.Units);

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
