using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core;

public sealed class MarketTests
{
    private readonly InstrumentCatalog _catalog = new();
    private readonly Instrument _left;
    private readonly Instrument _right;
    private readonly Market _market;

    public MarketTests()
    {
        _left = _catalog.Register(MadeInstruments.Listing("LEFT"));
        _right = _catalog.Register(MadeInstruments.Listing("RIGHT"));
        _market = new Market(_catalog, [new Composite("BOTH", [_left, _right])]);
    }

    [Fact]
    public void What_changed_is_told_once_until_it_is_cleared()
    {
        Snapshot(_left, 1);
        Snapshot(_left, 2);

        Assert.Equal([_left.Id], _market.Changes.Books);
        Assert.Equal(["BOTH"], _market.Changes.Composites.Select(book => book.Composite.Name));
        var change = Assert.Single(_market.Changes.Statuses);
        Assert.Equal((BookState.Connecting, BookState.Live), (change.Old.State, change.Now.State));

        _market.Changes.Clear();
        Assert.Empty(_market.Changes.Books);
        Snapshot(_left, 3);
        Assert.Equal([_left.Id], _market.Changes.Books);
        Assert.Single(_market.Changes.Composites);
        Assert.Empty(_market.Changes.Statuses);
    }

    [Fact]
    public void A_snapshot_is_wanted_for_the_book_that_needs_it()
    {
        _market.On(new BookUpdate(_right.Id, 5, 5, At(1)), [], []);
        _market.On(new BookUpdate(_right.Id, 6, 6, At(2)), [], []);

        Assert.Equal([_right.Id], _market.Changes.SnapshotsWanted);
        Assert.Empty(_market.Changes.ReconnectsWanted);
    }

    [Fact]
    public void A_composite_that_no_live_member_changed_is_not_told()
    {
        _market.On(new BookUpdate(_right.Id, 5, 5, At(1)), [], []);

        Assert.Empty(_market.Changes.Composites);
    }

    [Fact]
    public void A_member_that_ceases_to_be_live_leaves_its_composite_at_once()
    {
        Snapshot(_left, 1, bid: 105);
        Snapshot(_right, 1, bid: 100);
        var both = _market.Consolidated("BOTH");
        Assert.True(both.TryGetBestBid(out var best) && best.Instrument == _left);

        _market.On(new BookUpdate(_left.Id, 9, 9, At(3)), [], []);

        Assert.True(both.TryGetBestBid(out best) && best.Instrument == _right);
        Assert.Equal(1, both.LiveCount);
    }

    [Fact]
    public void A_tick_reaches_every_book()
    {
        Snapshot(_left, 1);
        Snapshot(_right, 1);
        _market.Changes.Clear();

        _market.On(new Tick(Timestamp.FromMilliseconds(60_000)));

        Assert.Equal(Timestamp.FromMilliseconds(60_000), _market.Now);
        Assert.Equal([_left.Id, _right.Id], _market.Changes.SnapshotsWanted);
        Assert.All(_market.Changes.Statuses, change => Assert.Equal(BookState.Stale, change.Now.State));
        Assert.Equal(0, _market.Consolidated("BOTH").LiveCount);
    }

    [Fact]
    public void A_trade_seen_twice_is_told_once()
    {
        var trade = new Trade(_left.Id, 7, new Price(1), new Quantity(2), TakerSide.Buy, At(1));
        _market.On(trade);
        _market.On(trade);
        _market.On(trade with { Instrument = _right.Id });

        Assert.Equal(2, _market.Changes.Trades.Count);
        Assert.Equal(1, _market.DuplicateTradesOf(_left.Id));
        Assert.Equal(trade, _market.LastTradeOf(_left.Id));
    }

    [Fact]
    public void An_instrument_may_come_while_the_market_runs()
    {
        for (var i = 0; i < 50; i++)
        {
            var late = _catalog.Register(MadeInstruments.Listing($"LATE{i}"));
            Snapshot(late, 1);
            Assert.Same(late, _market.BookOf(late.Id).Instrument);
            Assert.True(_market.BookOf(late.Id).IsLive);
        }
    }

    [Fact]
    public void A_book_may_have_options_of_its_own()
    {
        var market = new Market(_catalog, [], new MarketOptions
        {
            BookOptionsOf = instrument => instrument == _left ? new BookOptions { QuietLimit = TimeSpan.FromSeconds(1) } : null,
        });
        foreach (var instrument in new[] { _left, _right })
        {
            market.On(new BookSnapshot(instrument.Id, 1, At(1)), [new(new(1), new(1))], []);
        }

        market.On(new Tick(Timestamp.FromMilliseconds(2000)));

        Assert.Equal(BookState.Stale, market.BookOf(_left.Id).Status.State);
        Assert.True(market.BookOf(_right.Id).IsLive);
    }

    [Fact]
    public void The_last_of_what_stands_beside_the_book_is_kept()
    {
        var mark = new MarkPrice(_left.Id, new Price(5), new Price(6), At(1));
        var funding = new Funding(_left.Id, 3, default, default, At(1));
        var openInterest = new OpenInterest(_left.Id, new Quantity(9), At(1));
        _market.On(mark);
        _market.On(funding);
        _market.On(openInterest);
        _market.On(new Liquidation(_left.Id, TakerSide.Sell, new Price(1), new Quantity(1), At(1)));

        Assert.Equal((mark, funding, openInterest), (_market.MarkOf(_left.Id), _market.FundingOf(_left.Id), _market.OpenInterestOf(_left.Id)));
        Assert.Null(_market.MarkOf(_right.Id));
        Assert.Equal(
            (1, 1, 1, 1),
            (_market.Changes.Marks.Count, _market.Changes.Fundings.Count, _market.Changes.OpenInterests.Count, _market.Changes.Liquidations.Count));
    }

    [Fact]
    public void A_composite_that_is_not_configured_is_not_found()
    {
        Assert.False(_market.TryGetConsolidated("NONE", out _));
        Assert.Throws<KeyNotFoundException>(() => _market.Consolidated("NONE"));
    }

    private static EventTimes At(long milliseconds) => new(default, Timestamp.FromMilliseconds(milliseconds));

    private void Snapshot(Instrument instrument, long sequence, long bid = 100) => _market.On(
        new BookSnapshot(instrument.Id, sequence, At(sequence)),
        [new Level(new Price(bid), new Quantity(1))],
        [new Level(new Price(110), new Quantity(1))]);
}
