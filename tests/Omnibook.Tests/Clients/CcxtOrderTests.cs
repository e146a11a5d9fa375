using System.Text.Json;

namespace Omnibook.Tests.Clients;

/// <summary>
/// A second opinion on the simulated exchange: what ccxt signs, with code of others, is accepted there, and what another key signs is not. ccxt's order
/// carries no id of the client, so that the shortest form of an order is read too.
/// </summary>
public sealed class CcxtOrderTests(NodeClients clients) : IClassFixture<NodeClients>
{
    private const string Key = "0x0123456789012345678901234567890123456789012345678901234567890123";
    private const string Address = "0x14791697260e4c9a71f18484c9f997b308e59325";
    private const string WrongKey = "0x1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public async Task Ccxt_places_changes_cancels_and_holds_and_a_wrong_key_does_nothing()
    {
        clients.SkipWithoutNode();
        clients.Simulator.Fund("hyperliquid", Address, 100_000);

        var wrong = await clients.TradeAsync(Address, WrongKey);
        var right = await clients.TradeAsync(Address, Key);

        Assert.Matches("User or API Wallet 0x[0-9a-f]{40} does not exist", Text(wrong, "error"));
        Assert.Matches("does not exist", Text(wrong, "buyError"));
        Assert.Equal(0, wrong.GetProperty("open").GetArrayLength());
        Assert.All(["error", "changeError", "cancelled", "buyError"], name => Assert.Null(Text(right, name)));
        var open = Assert.Single(right.GetProperty("open").EnumerateArray());
        Assert.Equal(0.02m, open.GetProperty("amount").GetDecimal());
        Assert.NotEqual(Text(right, "placed"), Text(open, "id"));
        Assert.Equal(0.05m, right.GetProperty("contracts").GetDecimal());
        Assert.True(right.GetProperty("entry").GetDecimal() > 0);
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();
}
