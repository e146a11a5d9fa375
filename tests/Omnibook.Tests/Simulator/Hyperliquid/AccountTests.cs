using System.Text.Json;

namespace Omnibook.Tests.Simulator.Hyperliquid;

public class AccountTests
{
    private readonly VirtualVenue _venue = VirtualVenue.Hyperliquid();

    private static IEnumerable<string> Addresses => Enumerable.Range(1, 40).Select(static number => $"0x{number:x40}");

    [Fact]
    public void Sums_add_up()
    {
        foreach (var address in Addresses)
        {
            foreach (var dex in (string[])["", "merrli", "sekaw", "btcx"])
            {
                var state = State(address, dex);
                var summary = state.GetProperty("marginSummary");
                var positions = state.GetProperty("assetPositions").EnumerateArray().Select(static entry => entry.GetProperty("position")).ToList();
                var signed = positions.Sum(static position => Math.Sign(Number(position, "szi")) * Number(position, "positionValue"));

                AssertNear(Number(summary, "accountValue"), Number(summary, "totalRawUsd") + signed);
                AssertNear(Number(summary, "totalNtlPos"), positions.Sum(static position => Number(position, "positionValue")));
                AssertNear(Number(summary, "totalMarginUsed"), positions.Sum(static position => Number(position, "marginUsed")));
                AssertNear(Number(state, "withdrawable"), Math.Max(0, Number(summary, "accountValue") - Number(summary, "totalMarginUsed")));
                foreach (var position in positions)
                {
                    var value = Math.Sign(Number(position, "szi")) * Number(position, "positionValue");
                    AssertNear(Number(position, "unrealizedPnl"), value - Number(position, "szi") * Number(position, "entryPx"));
                }
            }
        }
    }

    [Fact]
    public void A_position_is_the_sum_of_its_fills_and_its_value_follows_the_mark()
    {
        foreach (var address in Addresses.Take(10))
        {
            var fills = _venue.Info($$"""{"type":"userFills","user":"{{address}}"}""").EnumerateArray().ToList();
            foreach (var position in State(address, "").GetProperty("assetPositions").EnumerateArray().Select(static entry => entry.GetProperty("position")))
            {
                var coin = position.GetProperty("coin").GetString();
                var sum = fills.Where(fill => fill.GetProperty("coin").GetString() == coin)
                    .Sum(static fill => Number(fill, "sz") * (fill.GetProperty("side").GetString() == "B" ? 1 : -1));
                Assert.Equal(Number(position, "szi"), sum);
            }
        }
    }

    [Fact]
    public void An_address_always_has_the_same_account_in_any_case_of_its_letters()
    {
        const string Address = "0xabcdefabcdefabcdefabcdefabcdefabcdefabcd";
        var orders = _venue.TryInfo($$"""{"type":"historicalOrders","user":"{{Address}}"}""");
        var other = VirtualVenue.Hyperliquid();

        Assert.Equal(orders, other.TryInfo($$"""{"type":"historicalOrders","user":"{{Address.ToUpperInvariant().Replace("0X", "0x", StringComparison.Ordinal)}}"}"""));
        Assert.NotEqual(orders, _venue.TryInfo("""{"type":"historicalOrders","user":"0x0000000000000000000000000000000000000001"}"""));
    }

    [Fact]
    public void Orders_come_newest_first_and_the_open_ones_are_the_open_orders()
    {
        foreach (var address in Addresses.Take(10))
        {
            var orders = _venue.Info($$"""{"type":"historicalOrders","user":"{{address}}"}""").EnumerateArray().ToList();
            var times = orders.Select(static order => order.GetProperty("statusTimestamp").GetInt64()).ToList();
            Assert.Equal(times.OrderDescending(), times);

            var open = _venue.Info($$"""{"type":"openOrders","user":"{{address}}"}""").EnumerateArray().Select(static order => order.GetProperty("oid").GetInt64());
            var expected = orders.Where(static order => order.GetProperty("status").GetString() == "open" && !order.GetProperty("order").GetProperty("coin").GetString()!.Contains(':', StringComparison.Ordinal))
                .Select(static order => order.GetProperty("order").GetProperty("oid").GetInt64());
            Assert.Equal(expected, open);
        }
    }

    [Fact]
    public void Some_have_sub_accounts_which_are_accounts_themselves()
    {
        var answers = Addresses.Select(address => (address, Subs: _venue.Info($$"""{"type":"subAccounts","user":"{{address}}"}"""))).ToList();
        var masters = answers.Where(static answer => answer.Subs.ValueKind == JsonValueKind.Array).ToList();

        Assert.InRange(masters.Count, 5, 25);
        foreach (var (address, _) in masters)
        {
            _venue.Run(60);
            var subs = _venue.Info($$"""{"type":"subAccounts","user":"{{address}}"}""");
            var sub = subs[0].GetProperty("subAccountUser").GetString()!;
            Assert.Equal(address, subs[0].GetProperty("master").GetString());
            Assert.Equal(State(sub, "").GetRawText(), subs[0].GetProperty("clearinghouseState").GetRawText());
            Assert.Equal("null", _venue.TryInfo($$"""{"type":"subAccounts","user":"{{sub}}"}""").Body);
            Assert.Contains(address, _venue.TryInfo($$"""{"type":"userRole","user":"{{sub}}"}""").Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_order_is_found_by_its_id()
    {
        const string Address = "0x0000000000000000000000000000000000000002";
        var order = _venue.Info($$"""{"type":"historicalOrders","user":"{{Address}}"}""")[0];
        var found = _venue.Info($$"""{"type":"orderStatus","user":"{{Address}}","oid":{{order.GetProperty("order").GetProperty("oid")}}}""");

        Assert.Equal(order.GetRawText(), found.GetProperty("order").GetRawText());
        Assert.Equal("unknownOid", _venue.Info($$"""{"type":"orderStatus","user":"{{Address}}","oid":1}""").GetProperty("status").GetString());
    }

    [Fact]
    public void The_channels_of_users_begin_with_a_snapshot()
    {
        const string Address = "0x0000000000000000000000000000000000000002";
        var connection = _venue.Subscribed($$"""{"type":"userFills","user":"{{Address}}"}""", $$"""{"type":"clearinghouseState","user":"{{Address}}"}""");
        var frames = VirtualVenue.Frames(connection);
        var fills = Assert.Single(VirtualVenue.OfChannel(frames, "userFills"));

        Assert.True(fills.GetProperty("isSnapshot").GetBoolean());
        Assert.Equal(_venue.Info($$"""{"type":"userFills","user":"{{Address}}"}""").GetRawText(), fills.GetProperty("fills").GetRawText());
        Assert.Single(VirtualVenue.OfChannel(frames, "clearinghouseState"));
    }

    private JsonElement State(string address, string dex) => _venue.Info($$"""{"type":"clearinghouseState","user":"{{address}}","dex":"{{dex}}"}""");

    /// <summary>Equal but for the sixth decimals that were cut off when each part was written.</summary>
    private static void AssertNear(decimal expected, decimal actual) => Assert.InRange(actual - expected, -0.001m, 0.001m);

    private static decimal Number(JsonElement element, string name) => LocalBook.Number(element.GetProperty(name));
}
