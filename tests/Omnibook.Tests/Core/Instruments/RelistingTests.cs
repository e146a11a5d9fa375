using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.Tests.Core.Books;

namespace Omnibook.Tests.Core.Instruments;

/// <summary>A venue that lists an instrument otherwise than before, while it is followed.</summary>
public sealed class RelistingTests
{
    private static readonly InstrumentListing Coarse = MadeInstruments.Listing(priceDecimals: 1, quantityDecimals: 2);
    private readonly InstrumentCatalog _catalog = new();

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(7, 8)]
    [InlineData(8, 8)]
    [InlineData(12, 12)]
    public void Scales_leave_room_for_finer_steps_as_long_as_amounts_fit(int decimals, int withRoom)
    {
        var roomy = MadeInstruments.Listing(priceDecimals: decimals, quantityDecimals: decimals, tick: 5).WithRoom();
        Assert.Equal((withRoom, withRoom), (roomy.PriceScale.Decimals, roomy.QuantityScale.Decimals));
        Assert.Equal(new Scale(decimals).ToDecimal(5), roomy.PriceScale.ToDecimal(roomy.Tick.Units));
        Assert.Equal(new Scale(decimals).ToDecimal(1), roomy.QuantityScale.ToDecimal(roomy.Lot.Units));
    }

    [Fact]
    public void A_finer_tick_that_fits_changes_the_instrument_and_neither_its_number_nor_its_scales()
    {
        var known = _catalog.Register(_catalog.InScales(Coarse));
        Assert.Null(_catalog.Relist(Coarse));
        var (before, now) = _catalog.Relist(MadeInstruments.Listing(priceDecimals: 2, quantityDecimals: 3))!.Value;
        Assert.Equal((known, known.Id, known.PriceScale), (before, now.Id, now.PriceScale));
        Assert.Equal((new Price(10), new Quantity(10)), (now.Listing.Tick, now.Listing.Lot));
        Assert.Same(now, _catalog[known.Id]);
        Assert.Null(_catalog.Relist(MadeInstruments.Listing(priceDecimals: 2, quantityDecimals: 3)));
    }

    [Fact]
    public void A_tick_too_fine_for_the_scale_makes_another_instrument_of_the_symbol()
    {
        var known = _catalog.Register(_catalog.InScales(Coarse));
        var (_, now) = _catalog.Relist(MadeInstruments.Listing(priceDecimals: 4, quantityDecimals: 2))!.Value;
        Assert.NotEqual(known.Id, now.Id);
        Assert.True(_catalog.TryFind(known.Venue, known.Symbol, out var found));
        Assert.Same(now, found);
        Assert.Same(known, _catalog[known.Id]);
        Assert.Same(now, _catalog.Register(Coarse));
    }

    [Fact]
    public void A_book_keeps_its_levels_and_doubts_what_it_was_told_of_the_tick()
    {
        var instrument = _catalog.Register(MadeInstruments.Listing(priceDecimals: 2, tick: 10));
        var market = new Market(_catalog, []);
        var times = At(1);
        market.On(new BookSnapshot(instrument.Id, 1, times), [Level(1000), Level(990)], [Level(1010)]);
        Assert.Empty(market.Changes.ListingsDoubted);
        market.On(new BookUpdate(instrument.Id, 2, 2, times), [Level(1003)], []);
        Assert.Equal([instrument.Id], market.Changes.ListingsDoubted);

        _catalog.Relist(MadeInstruments.Listing(priceDecimals: 2, tick: 1));
        market.Relist(instrument.Id);
        market.Changes.Clear();
        market.On(new BookUpdate(instrument.Id, 3, 3, times), [Level(1004)], []);
        Assert.Empty(market.Changes.ListingsDoubted);
        var book = market.BookOf(instrument.Id);
        Assert.Equal([1004L, 1003, 1000, 990], Prices(book.Bids));
        Assert.Equal(new Price(1), book.Instrument.Listing.Tick);
        Assert.Equal(BookState.Live, book.Status.State);
    }

    [Fact]
    public void A_footprint_of_trades_before_and_after_adds_up_to_the_trades()
    {
        var flow = new TradeFlow();
        var total = 0L;
        for (var i = 0; i < 200; i++)
        {
            // Ticks of ten units, and then of one.
            var price = 100_000 + (i < 100 ? i % 7 * 10 : i % 61);
            flow.Add(new Trade(
                default, i + 1, new Price(price), new Quantity(i + 1), i % 3 == 0 ? TakerSide.Buy : TakerSide.Sell, At(60_000 + i * 100)));
            total += i + 1;
        }

        foreach (var tick in (long[])[1, 10, 25])
        {
            var cells = flow.Candles(FlowInterval.Minute, default, tick, Timestamp.FromMilliseconds(200_000)).SelectMany(candle => candle.Cells).ToArray();
            Assert.Equal(total, cells.Sum(cell => (long)cell.Volume.Base));
            Assert.All(cells, cell => Assert.Equal(0, cell.Price.Units % tick));
        }
    }

    private static EventTimes At(long milliseconds) => new(Timestamp.FromMilliseconds(milliseconds), Timestamp.FromMilliseconds(milliseconds));

    private static Level Level(long price) => OrderBookHarness.Level(price, 1);

    private static List<long> Prices(Ladder ladder)
    {
        List<long> prices = [];
        foreach (var level in ladder)
        {
            prices.Add(level.Price.Units);
        }

        return prices;
    }
}
