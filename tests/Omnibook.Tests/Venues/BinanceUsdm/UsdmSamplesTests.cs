using System.Text;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Venues.Captures;
using Omnibook.Venues;
using Omnibook.Venues.BinanceUsdm;
using Omnibook.Venues.Captures;

namespace Omnibook.Tests.Venues.BinanceUsdm;

/// <summary>Samples that others test their clients with, field by field.</summary>
public sealed class UsdmSamplesTests
{
    private const string Unknown = "VenueTime = Timestamp { Nanoseconds = 0,";

    [Theory]
    [InlineData("jkorf/Subscriptions__UsdFutures__AggTrades.txt", "TradeId = 5933014, Price = Price { Units = 100000 }, Quantity = Quantity { Units = 100000000 }, TakerSide = Sell", Unknown)]
    [InlineData("nautilus/agg_trade_stream.json", "TradeId = 5933014, Price = Price { Units = 100000 }, Quantity = Quantity { Units = 100000000 }, TakerSide = Sell", Unknown)]
    [InlineData("nautilus/trade_stream.json", "TradeId = 5933014, Price = Price { Units = 100000 }, Quantity = Quantity { Units = 100000000 }, TakerSide = Sell", Unknown)]
    [InlineData("jkorf/Subscriptions__UsdFutures__Book.txt", "First = 150, Last = 160", "Price = Price { Units = 240000 }, Quantity = Quantity { Units = 10000000 }", "Price = Price { Units = 260000 }, Quantity = Quantity { Units = 100000000 }")]
    [InlineData("nautilus/depth_update_stream.json", "First = 150, Last = 160", "Price = Price { Units = 240000 }, Quantity = Quantity { Units = 10000000 }", "Price = Price { Units = 260000 }, Quantity = Quantity { Units = 100000000 }")]
    [InlineData("jkorf/Subscriptions__UsdFutures__BookTicker.txt", "Sequence = 400900217", "Bid = Level { Price = Price { Units = 2535190000 }, Quantity = Quantity { Units = 31210000 }", "Ask = Level { Price = Price { Units = 2536520000 }, Quantity = Quantity { Units = 40660000 }", "Nanoseconds = 1568014460891000000")]
    [InlineData("nautilus/book_ticker_stream.json", "Sequence = 400900217", "Bid = Level { Price = Price { Units = 2535190000 }, Quantity = Quantity { Units = 31210000 }", "Nanoseconds = 1568014460891000000")]
    [InlineData("jkorf/Subscriptions__UsdFutures__MarkPrice.txt", "Mark = Price { Units = 117941500000000 }, Index = Price { Units = 117846265909100 }", "Nanoseconds = 1562305380000000000", "RateUnits = 381670000, NextAt = Timestamp { Nanoseconds = 1562306400000000000")]
    [InlineData("nautilus/mark_price_stream.json", "Mark = Price { Units = 117941500000000 }, Index = Price { Units = 117846265909100 }", "RateUnits = 381670000")]
    [InlineData("jkorf/Subscriptions__UsdFutures__Liquidations.txt", "OrderSide = Sell, Price = Price { Units = 991000000000 }, Quantity = Quantity { Units = 14000 }", "Nanoseconds = 1568014460893000000")]
    [InlineData("nautilus/liquidation_stream.json", "OrderSide = Sell, Price = Price { Units = 991012345678 }, Quantity = Quantity { Units = 14000 }")]
    public void A_sample_of_a_stream_is_read_field_by_field(string file, params string[] parts)
    {
        var instrument = Instrument(file.Contains("icker", StringComparison.Ordinal) ? "BNBUSDT" : "BTCUSDT");
        var session = Usdm.Session(instrument);
        var update = Frames(file).Single(frame => frame.Kind == CapturedKind.Update);

        var told = EventLog.Of(batch => session.Translate(update.Bytes, Usdm.Now, batch));

        Assert.StartsWith("FrameOutcome { Kind = Data", told, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("jkorf/Subscriptions__UsdFutures__PartialBook.txt")]
    [InlineData("jkorf/Subscriptions__UsdFutures__Concurrent.txt")]
    [InlineData("jkorf/Subscriptions__UsdFutures__SymbolUpdates.txt")]
    [InlineData("jkorf/Subscriptions__UsdFutures__Ticker.txt")]
    [InlineData("jkorf/Subscriptions__UsdFutures__MiniTicker.txt")]
    [InlineData("jkorf/Subscriptions__UsdFutures__AssetIndex.txt")]
    [InlineData("jkorf/Subscriptions__UsdFutures__CompositIndex.txt")]
    [InlineData("jkorf/Subscriptions__UsdFutures__TradeUpdate.txt")]
    [InlineData("jkorf/Subscriptions__UsdFutures__ContKlines.txt")]
    [InlineData("nautilus/ticker_stream.json")]
    public void A_sample_of_a_stream_that_is_not_ours_is_unknown(string file) => Assert.All(
        Frames(file).Where(frame => frame.Kind == CapturedKind.Update),
        frame => Assert.Equal(FrameKind.Unknown, Usdm.Session(Instrument("BTCUSDT")).Translate(frame.Bytes, Usdm.Now, new EventBatch()).Kind));

    [Fact]
    public void Every_acknowledgement_of_the_samples_is_one()
    {
        var answers = Directory.EnumerateFiles(CapturePaths.Shared("binance-usdm/jkorf"), "Subscriptions*").Order(StringComparer.Ordinal)
            .SelectMany(CaptureReader.Read).Where(frame => frame.Kind == CapturedKind.Answer);

        Assert.All(answers, frame => Assert.Equal(FrameKind.Acknowledged, Usdm.Session().Translate(frame.Bytes.Span, Usdm.Now, new EventBatch()).Kind));
    }

    [Fact]
    public void The_sample_of_a_snapshot_is_read()
    {
        var frames = Frames("jkorf/Endpoints__UsdFutures__ExchangeData__GetOrderBook.txt");
        var batch = new EventBatch();

        Assert.Equal("GET /fapi/v1/depth", Encoding.UTF8.GetString(frames[0].Bytes));
        Assert.True(Usdm.Venue.TryTranslateSnapshot(Instrument("BTCUSDT"), frames[1].Bytes, Usdm.Now, batch));
        var told = EventLog.Of(batch);
        Assert.Contains("Sequence = 1027024", told, StringComparison.Ordinal);
        Assert.Contains("Price = Price { Units = 400000000 }, Quantity = Quantity { Units = 431000000 }", told, StringComparison.Ordinal);
        Assert.Contains("Price = Price { Units = 400000200 }, Quantity = Quantity { Units = 12000000 }", told, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_of_the_listing_is_read()
    {
        var body = Frames("jkorf/Endpoints__UsdFutures__ExchangeData__GetExchangeInfo.txt")[1].Bytes;

        var listing = Assert.Single(UsdmExchangeInfo.Read(Usdm.Venue.Id, body));

        Assert.Equal(("BLZUSDT", new Pair("BLZ", "USDT"), InstrumentKind.Perpetual), (listing.Symbol, listing.Pair, listing.Kind));
        Assert.Equal((5, 10L, 0, 1L), (listing.PriceScale.Decimals, listing.Tick.Units, listing.QuantityScale.Decimals, listing.Lot.Units));
    }

    private static Instrument Instrument(string symbol) => new(new InstrumentId(0), Usdm.Listing(symbol, 8, 6));

    private static (CapturedKind Kind, byte[] Bytes)[] Frames(string file) =>
        [.. CaptureReader.Read(CapturePaths.Shared($"binance-usdm/{file}")).Select(frame => (frame.Kind, frame.Bytes.ToArray()))];
}
