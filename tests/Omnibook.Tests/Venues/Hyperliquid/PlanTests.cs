using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Tests.Venues.Hyperliquid;

public sealed class PlanTests
{
    [Theory]
    [InlineData("wss://api.hyperliquid.xyz/", "wss://api.hyperliquid.xyz/ws")]
    [InlineData("wss://api.hyperliquid-testnet.xyz", "wss://api.hyperliquid-testnet.xyz/ws")]
    [InlineData("ws://127.0.0.1:4711/hyperliquid", "ws://127.0.0.1:4711/hyperliquid/ws")]
    public void Sockets_are_below_the_configured_address(string socket, string expected)
    {
        var venue = new HyperliquidVenue(new VenueId("x"), new VenueAddresses(new Uri("http://127.0.0.1/"), new Uri(socket)));
        Assert.Equal(new Uri(expected), Assert.Single(venue.Plan([Desk.Instrument(0, "BTC", 5)])).Address);
    }

    [Fact]
    public void Each_dex_has_a_socket_of_its_own_so_that_one_that_vanishes_takes_nothing_along()
    {
        var desk = new Desk(("BTC", 5), ("merrli:BTC", 5), ("ETH", 4), ("sekaw:BTC", 5), ("btcx:BTC-FEUSD", 5));
        Assert.Equal(
            [["BTC", "ETH"], ["merrli:BTC"], ["sekaw:BTC"], ["btcx:BTC-FEUSD"]],
            desk.Plans.Select(plan => plan.Books.Select(book => book.Symbol).ToArray()));
        Assert.Equal(4, desk.Plans.Select(plan => plan.Name).Distinct().Count());
    }

    [Fact]
    public void Many_dexes_share_five_sockets()
    {
        var desk = new Desk([.. Enumerable.Range(0, 12).Select(dex => ($"dex{dex}:BTC", 5))]);
        Assert.Equal(5, desk.Plans.Count);
        Assert.Equal(12, desk.Plans.Sum(plan => plan.Books.Count()));
    }

    [Fact]
    public void An_instrument_has_a_book_trades_a_touch_and_a_context_once()
    {
        var bitcoin = Desk.Instrument(0, "BTC", 5);
        var plan = Assert.Single(Desk.Bitcoin.Venue.Plan([bitcoin, bitcoin]));
        Assert.Equal(["l2Book BTC", "trades BTC", "bbo BTC", "activeAssetCtx BTC"], plan.Streams.Select(stream => stream.Name));
        Assert.Equal([true, false, false, true], plan.Streams.Select(stream => stream.QuietLimit is not null));
    }

    [Theory]
    [InlineData(250, new[] { Channel.Book, Channel.Trades, Channel.TopOfBook, Channel.Derived })]
    [InlineData(251, new[] { Channel.Book, Channel.Trades, Channel.TopOfBook })]
    [InlineData(400, new[] { Channel.Book, Channel.Trades })]
    [InlineData(501, new[] { Channel.Book })]
    public void With_many_instruments_what_is_least_wanted_is_left_out(int instruments, Channel[] channels)
    {
        var plan = Assert.Single(Desk.Bitcoin.Venue.Plan([.. Enumerable.Range(0, instruments).Select(index => Desk.Instrument(index, $"C{index}", 2))]));
        Assert.Equal(channels, plan.Streams.Select(stream => stream.Channel).Distinct());
        Assert.Equal(instruments * channels.Length, plan.Streams.Count);
    }

    [Fact]
    public void A_thousand_subscriptions_are_the_most()
    {
        var venue = Desk.Bitcoin.Venue;
        Assert.Equal(1000, Subscriptions(250));
        Assert.Equal(1000, Subscriptions(1000));
        var refusal = Assert.Throws<ArgumentException>(() => Subscriptions(1001));
        Assert.Contains("1001 instruments", refusal.Message, StringComparison.Ordinal);

        int Subscriptions(int instruments) =>
            venue.Plan([.. Enumerable.Range(0, instruments).Select(index => Desk.Instrument(index, $"C{index}", 2))]).Sum(plan => plan.Streams.Count);
    }

    [Fact]
    public void The_rules_are_the_venues()
    {
        var rules = Desk.Bitcoin.Venue.Rules;
        Assert.InRange(rules.PingInterval, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.True(rules.SilenceLimit > rules.PingInterval);
        Assert.True(rules.SilenceLimit < TimeSpan.FromSeconds(60));
        Assert.InRange(rules.RestWeight, 600, 1200);
    }
}
