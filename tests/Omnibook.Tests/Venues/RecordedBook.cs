using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Omnibook.Core.Books;
using Omnibook.Core.Events;

namespace Omnibook.Tests.Venues;

/// <summary>One book and its trades, fed with the events of a recording and compared with what was computed independently.</summary>
internal sealed class RecordedBook(OrderBook book) : IMarketEvents
{
    private int _crossed;

    public OrderBook Book { get; } = book;

    /// <summary>What the book asked for, since this was set back.</summary>
    public BookEffects Effects { get; set; }

    public List<Trade> Trades { get; } = [];

    public List<Liquidation> Liquidations { get; } = [];

    public void AssertIs(JsonElement expected, int messages)
    {
        Assert.True(Book.IsLive);
        Assert.Equal(expected.GetProperty("messages_applied").GetInt32(), messages);
        Assert.Equal(expected.GetProperty("crossed_after_message").GetInt32(), _crossed);
        Assert.Equal(expected.GetProperty("bid_levels").GetInt32(), Book.Bids.Count);
        Assert.Equal(expected.GetProperty("ask_levels").GetInt32(), Book.Asks.Count);
        var (bids, asks) = (Lines("b", Book.Bids), Lines("a", Book.Asks));
        Assert.Equal(Top(expected, "top10_bids", "b"), bids[..10]);
        Assert.Equal(Top(expected, "top10_asks", "a"), asks[..10]);
        Assert.Equal(
            expected.GetProperty("sha256_all_levels").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', bids.Concat(asks))))));
    }

    public void On(in Trade trade) => Trades.Add(trade);

    public void On(in BookSnapshot snapshot, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        Effects |= Book.Apply(snapshot, bids, asks);
        _crossed += Book.IsCrossed ? 1 : 0;
    }

    public void On(in BookUpdate update, ReadOnlySpan<Level> bids, ReadOnlySpan<Level> asks)
    {
        Effects |= Book.Apply(update, bids, asks);
        _crossed += Book.IsCrossed ? 1 : 0;
    }

    public void On(in CandleUpdate candle)
    {
    }

    public void On(in VenueStatus status) => Effects |= Book.Apply(status);

    public void On(in Liquidation liquidation) => Liquidations.Add(liquidation);

    public void On(NewsItem news) => Assert.Fail("A book's frames tell no news.");

    public void On(in TopOfBook top) => Assert.False(top.Bid.Price > top.Ask.Price);

    public void On(in MarkPrice mark) => Assert.True(mark.Mark.Units > 0);

    public void On(in Funding funding) => Assert.True(funding.Interval >= TimeSpan.Zero);

    public void On(in OpenInterest openInterest) => Assert.True(openInterest.Quantity.Units > 0);

    public void On(in Tick tick) => Assert.Fail("Time is the feed's business.");

    private static string[] Top(JsonElement expected, string name, string side) =>
        [.. expected.GetProperty(name).EnumerateArray().Select(level => $"{side} {level[0]} {level[1]}")];

    private string[] Lines(string side, Ladder ladder)
    {
        var levels = new Level[ladder.Count];
        ladder.CopyTo(levels);
        return [.. FrameDesk.Levels(Book.Instrument, levels).Select(text => $"{side} {text}")];
    }
}
