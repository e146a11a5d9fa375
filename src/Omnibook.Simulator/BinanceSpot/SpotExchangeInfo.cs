using System.Text.Json;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary><c>GET /api/v3/exchangeInfo</c>: limits and pairs, all or those of <c>symbol</c> or <c>symbols=["BTCUSDT","ETHUSDT"]</c>.</summary>
internal sealed class SpotExchangeInfo(SpotVenue venue)
{
    private static readonly string[] OrderTypes =
        ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"];

    private static readonly string[] Yes =
        ["icebergAllowed", "ocoAllowed", "otoAllowed", "opoAllowed", "quoteOrderQtyMarketAllowed", "allowTrailingStop", "cancelReplaceAllowed",
            "amendAllowed", "pegInstructionsAllowed", "isSpotTradingAllowed", "isMarginTradingAllowed"];

    /// <summary>The answer.</summary>
    public RestAnswer Answer(RestCall call)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        var markets = call.Query.TryGetValue("symbols", out var list) ? Several(list) : query.Markets();
        return query.Problem ?? (markets is null ? BinanceErrors.InvalidSymbol() : Write(markets));
    }

    private List<BinanceMarket>? Several(string list)
    {
        var markets = list.Trim('[', ']').Split(',').Select(name => venue.Symbols.GetValueOrDefault(name.Trim('"'))).ToList();
        return markets.Contains(null) ? null : markets.OfType<BinanceMarket>().ToList();
    }

    private RestAnswer Write(IReadOnlyList<BinanceMarket> markets) => BinanceRest.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", venue.Schedule.Milliseconds);
        json.WriteStartArray("rateLimits");
        BinanceText.WriteLimit(json, "REQUEST_WEIGHT", "MINUTE", 1, venue.Limits.WeightPerMinute);
        BinanceText.WriteLimit(json, "ORDERS", "SECOND", 10, 100);
        BinanceText.WriteLimit(json, "ORDERS", "DAY", 1, 200_000);
        BinanceText.WriteLimit(json, "RAW_REQUESTS", "MINUTE", 5, 300_000);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        foreach (var market in markets)
        {
            WriteSymbol(json, market);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteSymbol(Utf8JsonWriter json, BinanceMarket market)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Name);
        json.WriteString("status", market.Market.IsHalted ? "BREAK" : "TRADING");
        json.WriteString("baseAsset", market.Market.Rules.Asset);
        json.WriteNumber("baseAssetPrecision", SpotSymbols.Digits);
        json.WriteString("quoteAsset", SpotSymbols.Quote);
        json.WriteNumber("quotePrecision", SpotSymbols.Digits);
        json.WriteNumber("quoteAssetPrecision", SpotSymbols.Digits);
        json.WriteNumber("baseCommissionPrecision", SpotSymbols.Digits);
        json.WriteNumber("quoteCommissionPrecision", SpotSymbols.Digits);
        BinanceText.WriteStrings(json, "orderTypes", OrderTypes);
        foreach (var name in Yes)
        {
            json.WriteBoolean(name, true);
        }

        WriteFilters(json, market);
        json.WriteStartArray("permissions");
        json.WriteEndArray();
        json.WriteStartArray("permissionSets");
        json.WriteStartArray();
        json.WriteStringValue("SPOT");
        json.WriteStringValue("MARGIN");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteString("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
        BinanceText.WriteStrings(json, "allowedSelfTradePreventionModes", ["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT"]);
        json.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter json, BinanceMarket market)
    {
        var (rules, most) = (market.Market.Rules, market.Quantity(9_000 * market.Market.Rules.QuantityScale.UnitsPerOne));
        json.WriteStartArray("filters");
        BinanceText.WriteFilter(json, "PRICE_FILTER", ("minPrice", market.Price(rules.Tick)), ("maxPrice", market.Price(10 * rules.OnGrid(rules.CentreMicros))), ("tickSize", market.Price(rules.Tick)));
        BinanceText.WriteFilter(json, "LOT_SIZE", ("minQty", market.Quantity(rules.Lot)), ("maxQty", most), ("stepSize", market.Quantity(rules.Lot)));
        BinanceText.WriteFilter(json, "MARKET_LOT_SIZE", ("minQty", "0.00000000"), ("maxQty", most), ("stepSize", "0.00000000"));
        json.WriteStartObject();
        json.WriteString("filterType", "NOTIONAL");
        json.WriteString("minNotional", "5.00000000");
        json.WriteBoolean("applyMinToMarket", true);
        json.WriteString("maxNotional", "9000000.00000000");
        json.WriteBoolean("applyMaxToMarket", false);
        json.WriteNumber("avgPriceMins", 5);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
