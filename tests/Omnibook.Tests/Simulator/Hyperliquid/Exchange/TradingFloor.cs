using System.Globalization;
using System.Text;
using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Hyperliquid;
using Omnibook.Simulator.Sockets;
using Omnibook.Venues.Hyperliquid.Signing;

namespace Omnibook.Tests.Simulator.Hyperliquid.Exchange;

/// <summary>A simulated Hyperliquid without sockets, and somebody with a key and money. Bodies are written by hand, so that the connector has no part in them but the signature.</summary>
internal sealed class TradingFloor
{
    public const string Key = "0x0123456789012345678901234567890123456789012345678901234567890123";
    public const string Address = "0x14791697260e4c9a71f18484c9f997b308e59325";
    private long _nonce;

    public TradingFloor(string venue = "hyperliquid")
    {
        Virtual = VirtualVenue.Hyperliquid(venue);
        Venue = (HyperliquidVenue)Virtual.Venue;
        Venue.Traders.Fund(Address, "", 100_000m);
        Virtual.Run(1);
    }

    public VirtualVenue Virtual { get; }

    public HyperliquidVenue Venue { get; }

    public HyperliquidMarket Btc => Venue.Coins["BTC"];

    public decimal Ask => Btc.Coin.Rules.PriceScale.ToDecimal(Btc.Best(Side.Ask)!.Value.Price);

    public decimal Bid => Btc.Coin.Rules.PriceScale.ToDecimal(Btc.Best(Side.Bid)!.Value.Price);

    public long NextNonce() => _nonce = Math.Max(_nonce + 1, Venue.Schedule.Milliseconds);

    public static string Order(bool isBuy, decimal price, decimal size, string tif = "Gtc", string? cloid = null, bool reduceOnly = false, int asset = 0) =>
        $$$"""{"a":{{{asset}}},"b":{{{(isBuy ? "true" : "false")}}},"p":"{{{Text(price)}}}","s":"{{{Text(size)}}}","r":{{{(reduceOnly ? "true" : "false")}}},"t":{"limit":{"tif":"{{{tif}}}"}}{{{(cloid is null ? "" : $",\"c\":\"{cloid}\"")}}}}""";

    public JsonElement Place(params string[] orders) => Send($$"""{"type":"order","orders":[{{string.Join(',', orders)}}],"grouping":"na"}""");

    /// <summary>The status of one order.</summary>
    public JsonElement PlaceOne(string order) => Place(order).GetProperty("response").GetProperty("data").GetProperty("statuses")[0];

    public JsonElement Send(string action) => VirtualVenue.Parse(Encoding.UTF8.GetString(Post(action).Body));

    public RestAnswer Post(string action, long? nonce = null, string key = Key, string? vault = null, long? expires = null, string? signedAction = null)
    {
        var number = nonce ?? NextNonce();
        var actedFor = EthereumAddress.TryParse(vault, out var address) ? address : null;
        var signature = new ActionSigner(key, Venue.Key == "hyperliquid").Sign(VirtualVenue.Parse(signedAction ?? action), number, actedFor, expires);
        return Raw(
            $$"""{"action":{{action}},"nonce":{{number}},"signature":{"r":"{{Signature.Hex(signature.R)}}","s":"{{Signature.Hex(signature.S)}}","v":{{signature.V}}},"vaultAddress":{{(vault is null ? "null" : $"\"{vault}\"")}},"expiresAfter":{{expires?.ToString(CultureInfo.InvariantCulture) ?? "null"}}}""");
    }

    public RestAnswer Raw(string body)
    {
        var answer = Venue.Answer(RestCall.Post("/exchange", body));
        if (answer.Later is { } later)
        {
            Virtual.Run(0.2);
            var come = new List<RestAnswer>();
            _ = later.ContinueWith(task => come.Add(task.Result), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            answer = Assert.Single(come);
        }

        return answer;
    }

    public JsonElement State(string user = Address) => Virtual.Info($$"""{"type":"clearinghouseState","user":"{{user}}","dex":""}""");

    public JsonElement AskFor(string type, string more = "") => Virtual.Info($$"""{"type":"{{type}}","user":"{{Address}}"{{more}}}""");

    private static string Text(decimal number) => number.ToString("0.########", CultureInfo.InvariantCulture);
}
