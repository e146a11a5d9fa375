using System.Globalization;
using System.Text.Json;
using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>An order as it came: <c>{"a":0,"b":true,"p":"100","s":"0.1","r":false,"t":{"limit":{"tif":"Gtc"}},"c":"0x…"}</c>.</summary>
/// <param name="Asset">The number of the asset.</param>
/// <param name="Coin">What that is; null for none.</param>
/// <param name="Side">Bid for a buy.</param>
/// <param name="Price">The limit.</param>
/// <param name="Size">Of the coin.</param>
/// <param name="ReduceOnly">Whether it may only make a position smaller.</param>
/// <param name="TimeInForce">Gtc, Ioc or Alo.</param>
/// <param name="ClientId">The client's own id, or null.</param>
internal sealed record OrderTicket(
    int Asset, HyperliquidMarket? Coin, Side Side, decimal Price, decimal Size, bool ReduceOnly, string TimeInForce, string? ClientId)
{
    private const decimal LeastNotional = 10;
    private const int Figures = 5;
    private const int MostPriceDecimals = 6;

    /// <summary>Reads an order; null when a field is missing or of the wrong kind.</summary>
    public static OrderTicket? Read(HyperliquidVenue venue, JsonElement order) =>
        order.ValueKind == JsonValueKind.Object
        && order.TryGetProperty("a", out var a) && a.ValueKind == JsonValueKind.Number && a.TryGetInt32(out var asset)
        && order.TryGetProperty("b", out var b) && b.ValueKind is JsonValueKind.True or JsonValueKind.False
        && Amount(order, "p") is { } price && Amount(order, "s") is { } size
        && order.TryGetProperty("r", out var r) && r.ValueKind is JsonValueKind.True or JsonValueKind.False
        && order.TryGetProperty("t", out var t) && TimeInForceOf(t) is { } time
        && (!order.TryGetProperty("c", out var c) || IsClientId(c))
            ? new OrderTicket(
                asset, CoinOf(venue, asset), b.GetBoolean() ? Side.Bid : Side.Ask, price, size, r.GetBoolean(), time, c.ValueKind == JsonValueKind.String ? c.GetString()!.ToLowerInvariant() : null)
            : null;

    /// <summary>The coin of an asset's number: the first dex from 0 on, builder dex i from 100000 + 10000 i on.</summary>
    public static HyperliquidMarket? CoinOf(HyperliquidVenue venue, int asset)
    {
        var (dex, index) = asset < 10_000 ? (0, asset) : ((asset - 100_000) / 10_000, (asset - 100_000) % 10_000);
        return asset >= 0 && (asset < 10_000 || asset >= 110_000) && dex < venue.Dexes.Count && index < venue.Dexes[dex].Coins.Count
            ? venue.Coins[venue.Dexes[dex].Coins[index].Rules.Symbol]
            : null;
    }

    /// <summary>0x and 32 digits.</summary>
    public static bool IsClientId(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is ['0', 'x', .. { Length: 32 } digits] && digits.All(char.IsAsciiHexDigit);

    /// <summary>What the venue's rules have against it, in the venue's words; null for nothing.</summary>
    public string? Problem(decimal oracle) =>
        Coin is null ? $"Invalid asset. asset={Asset}"
        : Size <= 0 ? "Order has zero size."
        : Decimals(Size) > Coin.Coin.SizeDecimals ? "Order has invalid size."
        : Price <= 0 ? "Order has invalid price."
        : !IsOnGrid(Price, Coin.Coin.SizeDecimals) ? $"Price must be divisible by tick size. asset={Asset}"
        : Price * Size < LeastNotional && !ReduceOnly ? $"Order must have minimum value of $10. asset={Asset}"
        : Price > oracle * 1.95m || Price < oracle * 0.05m ? $"Order price cannot be more than 95% away from the reference price. asset={Asset}"
        : null;

    /// <summary>Whole prices always; others with at most five significant figures and 6 − szDecimals decimals.</summary>
    private static bool IsOnGrid(decimal price, int sizeDecimals) =>
        Decimals(price) == 0 || (Decimals(price) <= MostPriceDecimals - sizeDecimals && FiguresOf(price) <= Figures);

    private static int Decimals(decimal number) => Plain(number).Split('.') is [_, var decimals] ? decimals.Length : 0;

    private static int FiguresOf(decimal number) => Plain(number).Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length;

    private static string Plain(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static decimal? Amount(JsonElement order, string name) =>
        order.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && decimal.TryParse(value.GetString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;

    /// <summary>Triggers wait for a price and are not simulated: they count as unreadable.</summary>
    private static string? TimeInForceOf(JsonElement type) =>
        type.ValueKind == JsonValueKind.Object && type.TryGetProperty("limit", out var limit) && limit.ValueKind == JsonValueKind.Object
        && limit.TryGetProperty("tif", out var tif) && tif.ValueKind == JsonValueKind.String
            ? tif.GetString() switch { "FrontendMarket" => "Ioc", "Gtc" or "Ioc" or "Alo" => tif.GetString(), _ => null }
            : null;
}
