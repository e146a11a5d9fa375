using System.Text;
using Omnibook.Simulator.Hyperliquid.Exchange;
using Omnibook.Venues.Hyperliquid.Signing;

namespace Omnibook.Tests.Simulator.Hyperliquid.Exchange;

/// <summary>The simulator finds the signer with code of its own, and refuses whom it does not know.</summary>
public sealed class SignatureTests
{
    private const string Stranger = "0x1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public void The_hash_of_the_chain_is_the_published_one()
    {
        Assert.Equal("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", Convert.ToHexStringLower(ChainHash.Of()));
        Assert.Equal("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45", Convert.ToHexStringLower(ChainHash.Of("abc"u8)));
        Assert.Equal(Keccak256.Of(new byte[136]), ChainHash.Of(new byte[136]));
        Assert.Equal(Keccak256.Of(new byte[271]), ChainHash.Of(new byte[271]));
    }

    [Theory]
    [InlineData("""{"type":"dummy","num":100000000000}""", "53749d5b30552aeb2fca34b530185976545bb22d0b3ce6f62e31be961a59298", "755c40ba9bf05223521753995abb2f73ab3229be8ec921f350cb447e384d8ed8", 27, true)]
    [InlineData("""{"type":"dummy","num":100000000000}""", "542af61ef1f429707e3c76c5293c80d01f74ef853e34b76efffcb57e574f9510", "17b8b32f086e8cdede991f1e2c529f5dd5297cbe8128500e00cbaf766204a613", 28, false)]
    [InlineData("""{"type":"order","orders":[{"a":1,"b":true,"p":"100","s":"100","r":false,"t":{"limit":{"tif":"Gtc"}}}],"grouping":"na"}""", "d65369825a9df5d80099e513cce430311d7d26ddf477f5b3a33d2806b100d78e", "2b54116ff64054968aa237c20ca9ff68000f977c93289157748a3162b6ea940e", 28, true)]
    [InlineData("""{"type":"order","orders":[{"a":1,"b":true,"p":"100","s":"100","r":false,"t":{"limit":{"tif":"Gtc"}},"c":"0x00000000000000000000000000000001"}],"grouping":"na"}""", "41ae18e8239a56cacbc5dad94d45d0b747e5da11ad564077fcac71277a946e3", "3c61f667e747404fe7eea8f90ab0e76cc12ce60270438b2058324681a00116da", 27, true)]
    [InlineData("""{"type":"subAccountTransfer","subAccountUser":"0x1d9470d4b963f552e6f671a81619d395877bf409","isDeposit":true,"usd":10}""", "43592d7c6c7d816ece2e206f174be61249d651944932b13343f4d13f306ae602", "71a926cb5c9a7c01c3359ec4c4c34c16ff8107d610994d4de0e6430e5cc0f4c9", 28, true)]
    public void Published_signatures_lead_to_the_published_address(string action, string r, string s, int v, bool isMainnet)
    {
        var signed = SignedAction.Read(VirtualVenue.Parse($$$"""{"action":{{{action}}},"nonce":0,"signature":{"r":"0x{{{r}}}","s":"0x{{{s}}}","v":{{{v}}}}}"""));
        Assert.Equal(TradingFloor.Address, signed!.Signer(isMainnet));
        Assert.NotEqual(TradingFloor.Address, signed.Signer(!isMainnet));
    }

    [Fact]
    public void An_order_of_the_key_is_accepted_and_a_changed_one_is_as_if_of_a_stranger()
    {
        var floor = new TradingFloor();
        var action = $$"""{"type":"order","orders":[{{TradingFloor.Order(true, 100_000, 0.01m)}}],"grouping":"na"}""";

        Assert.Contains("resting", floor.Send(action).GetRawText(), StringComparison.Ordinal);
        var changed = Said(floor, action.Replace("0.01", "0.02", StringComparison.Ordinal), signedAction: action);
        Assert.Matches("^User or API Wallet 0x[0-9a-f]{40} does not exist.$", changed);
        Assert.DoesNotContain(TradingFloor.Address, changed, StringComparison.Ordinal);
        Assert.Contains($"{new ActionSigner(Stranger, true).Address}", Said(floor, action, key: Stranger), StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_acts_for_its_account_and_a_master_for_its_vault()
    {
        var floor = new TradingFloor();
        const string Vault = "0x1719884eb866cb12b2287399b15f7db5e7d775ea";
        var order = $$"""{"type":"order","orders":[{{TradingFloor.Order(true, 100_000, 0.01m)}}],"grouping":"na"}""";
        floor.Venue.Traders.Approve($"{new ActionSigner(Stranger, true).Address}", TradingFloor.Address);
        floor.Venue.Traders.Fund(Vault, "", 50_000, TradingFloor.Address);

        Assert.Contains("resting", Encoding.UTF8.GetString(floor.Post(order, key: Stranger).Body), StringComparison.Ordinal);
        Assert.Contains("resting", Encoding.UTF8.GetString(floor.Post(order, vault: Vault).Body), StringComparison.Ordinal);
        Assert.Equal("Vault not registered: 0x2719884eb866cb12b2287399b15f7db5e7d775ea", Said(floor, order, vault: "0x2719884eb866cb12b2287399b15f7db5e7d775ea"));
        Assert.Single(floor.AskFor("openOrders").EnumerateArray());
        Assert.Single(floor.Virtual.Info($$"""{"type":"openOrders","user":"{{Vault}}"}""").EnumerateArray());
    }

    [Fact]
    public void A_nonce_counts_once_and_within_its_window()
    {
        var floor = new TradingFloor();
        var order = $$"""{"type":"order","orders":[{{TradingFloor.Order(true, 100_000, 0.001m)}}],"grouping":"na"}""";
        var now = floor.Venue.Schedule.Milliseconds;

        Assert.Contains("resting", Encoding.UTF8.GetString(floor.Post(order, now - 1).Body), StringComparison.Ordinal);
        Assert.Contains("duplicate", Said(floor, order, now - 1), StringComparison.Ordinal);
        Assert.Contains("window", Said(floor, order, now - 3 * 86_400_000L), StringComparison.Ordinal);
        Assert.Contains("window", Said(floor, order, now + 2 * 86_400_000L), StringComparison.Ordinal);
        var ledger = new NonceLedger();
        Assert.All(Enumerable.Range(1, 100), number => Assert.Null(ledger.Take(number * 10, 0)));
        Assert.Contains("below", ledger.Take(5, 0), StringComparison.Ordinal);
        Assert.Null(ledger.Take(15, 0));
        Assert.Contains("below", ledger.Take(11, 0), StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_action_and_one_that_cannot_be_read_are_refused()
    {
        var floor = new TradingFloor();
        var order = $$"""{"type":"order","orders":[{{TradingFloor.Order(true, 100_000, 0.001m)}}],"grouping":"na"}""";

        Assert.Contains("expired", Said(floor, order, expires: floor.Venue.Schedule.Milliseconds - 1), StringComparison.Ordinal);
        Assert.Equal(422, floor.Post("""{"type":"launch"}""").Status);
        Assert.Equal(422, floor.Raw("""{"action":{"type":"order"},"nonce":1}""").Status);
        Assert.Equal(422, floor.Raw("[]").Status);
    }

    private static string Said(TradingFloor floor, string action, long? nonce = null, string key = TradingFloor.Key, string? vault = null, long? expires = null, string? signedAction = null)
    {
        var answer = VirtualVenue.Parse(Encoding.UTF8.GetString(floor.Post(action, nonce, key, vault, expires, signedAction).Body));
        Assert.Equal("err", answer.GetProperty("status").GetString());
        return answer.GetProperty("response").GetString()!;
    }
}
