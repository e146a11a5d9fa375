using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>The products: each by its own id and by its other one, which has the first as its <c>alias</c>.</summary>
internal sealed class CoinbaseProductEndpoints(CoinbaseVenue venue)
{
    private static readonly string[] Never =
        ["cancel_only", "limit_only", "post_only", "auction_mode", "view_only"];

    private static readonly string[] Empty =
    [
        "mid_market_price", "market_cap", "base_cbrn", "quote_cbrn", "product_cbrn", "icon_color", "icon_url", "display_name_overwrite",
        "about_description", "best_bid_price", "best_ask_price",
    ];

    /// <summary><c>{"products":[…],"num_products":6}</c>, all or those of <c>product_ids</c>, of a <c>product_type</c>.</summary>
    public RestAnswer List(RestCall call)
    {
        var wanted = call.Query.TryGetValue("product_ids", out var ids) ? ids.Split(',') : null;
        var hasSpot = !call.Query.TryGetValue("product_type", out var type) || type is "SPOT" or "UNKNOWN_PRODUCT_TYPE";
        var all = venue.Products.Values.SelectMany(static market => new[] { (Id: market.Id, Market: market), (Id: market.Listing.OtherId, Market: market) });
        var shown = all.Where(product => hasSpot && wanted?.Contains(product.Id) is not false).ToList();
        var limit = call.Query.TryGetValue("limit", out var text) && int.TryParse(text, out var number) && number > 0 ? number : int.MaxValue;
        return CoinbaseRest.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("products");
            foreach (var (id, market) in shown.Take(limit))
            {
                WriteProduct(json, market, id);
            }

            json.WriteEndArray();
            json.WriteNumber("num_products", Math.Min(limit, shown.Count));
            json.WriteEndObject();
        });
    }

    /// <summary>One product.</summary>
    public RestAnswer One(CoinbaseMarket market, string id) => CoinbaseRest.Write(json => WriteProduct(json, market, id));

    /// <summary>
    /// <c>{"product_id":"BTC-USD","price":"68923.67","price_percentage_change_24h":"-0.28560028286595","volume_24h":"11005.02587005",…,"base_increment":"0.00000001",
    /// "quote_increment":"0.01",…,"status":"online",…,"alias":"","alias_to":["BTC-USDC"],…,"price_increment":"0.01",…}</c>
    /// </summary>
    private void WriteProduct(Utf8JsonWriter json, CoinbaseMarket market, string id)
    {
        var isOther = id != market.Id;
        var (rules, now) = (market.Market.Rules, venue.Schedule.Milliseconds);
        var day = market.Market.Candles.Day(now);
        var volume = rules.QuantityScale.ToDecimal(day.Volume);
        json.WriteStartObject();
        json.WriteString("product_id", id);
        json.WriteString("price", market.Price(market.Market.LastPrice));
        json.WriteString("price_percentage_change_24h", CoinbaseStatements.Text(CoinbaseStatements.ChangePercent(day)));
        json.WriteString("volume_24h", market.Quantity(day.Volume));
        json.WriteString("volume_percentage_change_24h", "0");
        json.WriteString("base_increment", market.Quantity(rules.Lot));
        json.WriteString("quote_increment", market.Price(rules.Tick));
        json.WriteString("quote_min_size", "1");
        json.WriteString("quote_max_size", "150000000");
        json.WriteString("base_min_size", market.Quantity(rules.Lot));
        json.WriteString("base_max_size", "3400");
        json.WriteString("base_name", market.Listing.AssetName);
        json.WriteString("quote_name", isOther ? "USDC" : "US Dollar");
        json.WriteBoolean("watched", false);
        json.WriteBoolean("is_disabled", market.Market.IsHalted);
        json.WriteBoolean("new", false);
        json.WriteString("status", CoinbaseStatements.StatusOf(market));
        json.WriteBoolean("trading_disabled", market.Market.IsHalted);
        foreach (var name in Never)
        {
            json.WriteBoolean(name, false);
        }

        json.WriteString("product_type", "SPOT");
        json.WriteString("quote_currency_id", isOther ? "USDC" : "USD");
        json.WriteString("base_currency_id", rules.Asset);
        json.WriteNull("fcm_trading_session_details");
        WriteNames(json, market, id, isOther);
        json.WriteString("price_increment", market.Price(rules.Tick));
        json.WriteString("product_venue", "CBE");
        json.WriteString("approximate_quote_24h_volume", CoinbaseStatements.Text(decimal.Round(volume * rules.PriceScale.ToDecimal(day.Close), 2)));
        json.WriteString("new_at", "2023-01-01T00:00:00Z");
        foreach (var name in Empty)
        {
            json.WriteString(name, "");
        }

        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, CoinbaseMarket market, string id, bool isOther)
    {
        json.WriteString("alias", isOther ? market.Id : "");
        json.WriteStartArray("alias_to");
        if (!isOther)
        {
            json.WriteStringValue(market.Listing.OtherId);
        }

        json.WriteEndArray();
        json.WriteString("base_display_symbol", market.Market.Rules.Asset);
        json.WriteString("quote_display_symbol", isOther ? "USDC" : "USD");
        json.WriteString("display_name", id);
    }
}
