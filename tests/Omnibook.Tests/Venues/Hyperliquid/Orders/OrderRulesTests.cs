using System.Globalization;
using Omnibook.Venues.Hyperliquid.Orders;

namespace Omnibook.Tests.Venues.Hyperliquid.Orders;

public sealed class OrderRulesTests
{
    [Theory]
    [InlineData("BTC", 5, "110000.5", "0.01", "110000 or 110001 would do")]
    [InlineData("BTC", 5, "9999.55", "0.01", "9999.5 or 9999.6 would do")]
    [InlineData("ETH", 4, "1234.56", "1", "1234.5 or 1234.6 would do")]
    [InlineData("ETH", 4, "0.012345", "10000", "0.01 or 0.02 would do")]
    [InlineData("DOGE", 0, "0.0123456", "10000", "0.012345 or 0.012346 would do")]
    [InlineData("ETH", 4, "1234.5", "1.00001", "1 would do")]
    [InlineData("ETH", 4, "1234.5", "0.001", "the venue takes 10 or more")]
    [InlineData("ETH", 4, "0", "1", "the price must be above 0")]
    [InlineData("ETH", 4, "1", "-1", "the size must be above 0")]
    public void What_is_off_the_grid_is_refused_with_what_would_do(string coin, int decimals, string price, string size, string words) =>
        Assert.EndsWith(words, OrderRules.Problem(Order(coin, decimals, price, size)), StringComparison.Ordinal);

    [Theory]
    [InlineData("BTC", 5, "110001", "0.00012")]
    [InlineData("BTC", 5, "123456", "1")]
    [InlineData("BTC", 5, "9999.5", "0.01")]
    [InlineData("ETH", 4, "1234.50", "1.0")]
    [InlineData("DOGE", 0, "0.12345", "100")]
    [InlineData("PUMP", 0, "0.001234", "10000")]
    public void What_the_venue_takes_is_let_through(string coin, int decimals, string price, string size) =>
        Assert.Null(OrderRules.Problem(Order(coin, decimals, price, size)));

    [Fact]
    public void An_order_is_written_as_it_is_signed()
    {
        var order = Order("BTC", 5, "110001.0", "0.0100") with { TimeInForce = TimeInForce.Alo, ReduceOnly = true };
        Assert.Equal(
            """{"type":"order","orders":[{"a":7,"b":true,"p":"110001","s":"0.01","r":true,"t":{"limit":{"tif":"Alo"}},"c":"0x0000000000000000000000000000002a"}],"grouping":"na"}""",
            OrderActions.Place([order]).GetRawText());
        Assert.StartsWith("""{"type":"batchModify","modifies":[{"oid":5,"order":{"a":7,""", OrderActions.Modify([(5, order)]).GetRawText(), StringComparison.Ordinal);
        Assert.Equal("""{"type":"cancel","cancels":[{"a":7,"o":5}]}""", OrderActions.Cancel([(order.Asset, 5)]).GetRawText());
        Assert.Equal(
            """{"type":"cancelByCloid","cancels":[{"asset":7,"cloid":"0x0000000000000000000000000000002a"}]}""",
            OrderActions.CancelByClientId([(order.Asset, order.ClientId)]).GetRawText());
    }

    [Fact]
    public void Assets_of_builders_are_numbered_by_their_dex()
    {
        var assets = OrderAsset.ReadAll(
            """[{"universe":[{"name":"BTC","szDecimals":5},{"name":"ETH","szDecimals":4}]},{"universe":[{"name":"xyz:TSLA","szDecimals":3}]},{"universe":[{"name":"a:A","szDecimals":0},{"name":"a:B","szDecimals":1}]}]"""u8.ToArray());
        Assert.Equal([0, 1, 110_000, 120_000, 120_001], assets.Values.Select(asset => asset.Id));
        Assert.Equal(3, assets["xyz:TSLA"].SizeDecimals);
    }

    [Fact]
    public void Nonces_rise_also_when_the_clock_stands_or_goes_back()
    {
        var time = new Server.ManualTimeProvider();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var nonces = new NonceSource(time, now + 5);
        Assert.Equal([now + 6, now + 7], [nonces.Next(), nonces.Next()]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(now + 1000, nonces.Next());
        Assert.Throws<InvalidOperationException>(() => new NonceSource(time, now + 86_400_000).Next());
    }

    [Fact]
    public void Answers_are_read_one_by_one_or_as_one_error_for_all()
    {
        var three = ExchangeAnswers.Read(
            """{"status":"ok","response":{"type":"order","data":{"statuses":[{"resting":{"oid":77738308}},{"filled":{"totalSz":"0.02","avgPx":"1891.4","oid":77747314}},{"error":"Order must have minimum value of $10."}]}}}"""u8.ToArray(), 3);
        Assert.Equal([OrderState.Resting, OrderState.Filled, OrderState.Refused], three.Select(result => result.State));
        Assert.Equal((77747314, 0.02m, 1891.4m), (three[1].OrderId, three[1].FilledSize, three[1].AveragePrice));
        var all = ExchangeAnswers.Read("""{"status":"err","response":"User or API Wallet 0x00 does not exist."}"""u8.ToArray(), 2);
        Assert.All(all, result => Assert.Equal((OrderState.Refused, "User or API Wallet 0x00 does not exist."), (result.State, result.Problem)));
        Assert.Equal(2, all.Count);
        Assert.Throws<FormatException>(() => ExchangeAnswers.Read("""{"status":"ok","response":{"type":"default"}}"""u8.ToArray(), 1));
        Assert.Throws<FormatException>(() => ExchangeAnswers.Read("nonsense"u8.ToArray(), 1));
    }

    private static OrderIntent Order(string coin, int decimals, string price, string size) => new()
    {
        Asset = new OrderAsset(coin, 7, decimals),
        IsBuy = true,
        Price = decimal.Parse(price, CultureInfo.InvariantCulture),
        Size = decimal.Parse(size, CultureInfo.InvariantCulture),
        ClientId = "0x0000000000000000000000000000002a",
    };
}
