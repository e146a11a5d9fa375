using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Tests.Venues.Coinbase;

public sealed class TradeAndTickerTests
{
    private static readonly EventTimes Times = new(new Timestamp(1_775_572_200_123_456_000), FrameDesk.Noon);

    [Fact]
    public void The_side_is_the_makers_and_trades_are_told_in_the_order_of_their_numbers()
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameOutcome.Data(2), desk.Hear(CoinbaseDesk.Trades(0, "update", "BTC-USD", 12, 11)));
        Assert.Equal(
            [
                new Trade(new InstrumentId(0), 11, new Price(6890050), new Quantity(50_000_000), TakerSide.Sell, Times),
                new Trade(new InstrumentId(0), 12, new Price(6890050), new Quantity(50_000_000), TakerSide.Sell, Times),
            ],
            desk.Seen.Trades);
        desk.Hear(CoinbaseDesk.Trades(1, "update", "ETH-USD", 5).Replace("BUY", "SELL", StringComparison.Ordinal));
        Assert.Equal(TakerSide.Buy, Assert.Single(desk.Seen.Trades).TakerSide);
    }

    [Fact]
    public void Trades_from_before_we_listened_are_not_told_but_those_of_a_hole_are()
    {
        var venue = CoinbaseDesk.Venue;
        var desk = CoinbaseDesk.Open(venue);
        Assert.Equal(FrameOutcome.Data(2), desk.Hear(CoinbaseDesk.Trades(0, "snapshot", "BTC-USD", 12, 11, 10)));
        Assert.Empty(desk.Seen.Trades);
        desk.Hear(CoinbaseDesk.Trades(1, "update", "BTC-USD", 13));
        Assert.Single(desk.Seen.Trades);

        desk = CoinbaseDesk.Open(venue);
        desk.Hear(CoinbaseDesk.Trades(0, "snapshot", "BTC-USD", 15, 14, 13, 12, 11));
        Assert.Equal([13L, 14, 15], desk.Seen.Trades.Select(trade => trade.TradeId));
    }

    [Theory]
    [InlineData("BUY", "HOLD")]
    [InlineData("\"12\"", "\"x\"")]
    [InlineData("\"0.5\"", "\"0\"")]
    [InlineData("68900.50", "-1")]
    [InlineData("\"product_id\"", "\"product\"")]
    [InlineData("\"trades\"", "\"fills\"")]
    public void A_trade_that_cannot_be_read_takes_its_frame_along(string good, string bad)
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameKind.Malformed, desk.Hear(CoinbaseDesk.Trades(0, "update", "BTC-USD", 11, 12).Replace(good, bad, StringComparison.Ordinal)).Kind);
        Assert.Equal(0, desk.Batch.Count);
    }

    [Fact]
    public void The_best_prices_have_the_frames_time_and_no_number()
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameOutcome.Data(5), desk.Hear(Ticker(0, "21931.98")));
        Assert.Equal(
            [new TopOfBook(new InstrumentId(1), 0, new Level(new Price(2193198), new Quantity(800021000000)), new Level(new Price(2193398), new Quantity(803807770938)), Times)],
            desk.Seen.Tops);
    }

    [Fact]
    public void A_row_without_best_prices_says_nothing_and_one_with_a_bad_price_is_malformed()
    {
        var desk = CoinbaseDesk.Open();
        Assert.Equal(FrameOutcome.Data(-1), desk.Hear(Ticker(0, "")));
        Assert.Empty(desk.Seen.Tops);
        Assert.Equal(FrameKind.Malformed, desk.Hear(Ticker(1, "x")).Kind);
    }

    [Theory]
    [InlineData("2024-10-04T07:13:31Z", 1728026011_000000000)]
    [InlineData("2024-10-04T07:13:31.1Z", 1728026011_100000000)]
    [InlineData("2024-10-04T07:13:31.158696693Z", 1728026011_158696693)]
    [InlineData("2024-10-04T07:13:31.158696+00:00", 1728026011_158696000)]
    [InlineData("2024-02-29T00:00:00Z", 1709164800_000000000)]
    [InlineData("2023-02-29T00:00:00Z", 0)]
    [InlineData("2024-10-04T24:13:31Z", 0)]
    [InlineData("2024-10-04 07:13:31Z", 0)]
    [InlineData("2024-10-04T07:13:31.Z", 0)]
    [InlineData("2024-10-04T07:13:31.1586966931Z", 0)]
    [InlineData("2024-10-04T07:13:31+02:00", 0)]
    [InlineData("1971-10-04T07:13:31Z", 0)]
    [InlineData("", 0)]
    public void Moments_are_read_to_the_nanosecond_or_not_at_all(string text, long nanoseconds) =>
        Assert.Equal(new Timestamp(nanoseconds), Omnibook.Venues.Coinbase.CoinbaseTimes.Read(System.Text.Encoding.UTF8.GetBytes(text)));

    private static string Ticker(long number, string bid) => CoinbaseDesk.Frame(
        "ticker",
        number,
        $$"""{"type":"snapshot","tickers":[{"type":"ticker","product_id":"ETH-USD","price":"21932.98","best_bid":"{{bid}}","best_bid_quantity":"8000.21","best_ask":"21933.98","best_ask_quantity":"8038.07770938"}]}""");
}
