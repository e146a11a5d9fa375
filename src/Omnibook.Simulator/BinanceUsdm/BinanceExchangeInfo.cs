using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary><c>GET /fapi/v1/exchangeInfo</c>: limits and symbols.</summary>
internal sealed class BinanceExchangeInfo(BinanceVenue venue)
{
    /// <summary>What perpetual contracts carry as their delivery date.</summary>
    public const long NeverDelivered = 4_133_404_800_000;

    private static readonly string[] OrderTypes =
        ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];

    private static readonly string[] TimesInForce = ["GTC", "IOC", "FOK", "GTX", "GTD"];

    /// <summary>TRADING, or SETTLING while delisted.</summary>
    public static string StatusOf(BinanceMarket market) => market.Market.IsHalted ? "SETTLING" : "TRADING";

    /// <summary>The answer.</summary>
    public RestAnswer Answer() => BinanceRest.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", venue.Schedule.Milliseconds);
        json.WriteString("futuresType", "U_MARGINED");
        json.WriteStartArray("rateLimits");
        WriteLimit(json, "REQUEST_WEIGHT", "MINUTE", 1, RequestWeights.PerMinute);
        WriteLimit(json, "ORDERS", "MINUTE", 1, 1200);
        WriteLimit(json, "ORDERS", "SECOND", 10, 300);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        WriteAssets(json);
        json.WriteStartArray("symbols");
        foreach (var market in venue.Symbols.Values)
        {
            WriteSymbol(json, market);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteLimit(Utf8JsonWriter json, string type, string interval, int number, int limit)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType", type);
        json.WriteString("interval", interval);
        json.WriteNumber("intervalNum", number);
        json.WriteNumber("limit", limit);
        json.WriteEndObject();
    }

    private static void WriteAssets(Utf8JsonWriter json)
    {
        json.WriteStartArray("assets");
        foreach (var asset in (ReadOnlySpan<string>)["USDT", "BTC", "BNB", "ETH"])
        {
            json.WriteStartObject();
            json.WriteString("asset", asset);
            json.WriteBoolean("marginAvailable", true);
            json.WriteString("autoAssetExchange", "0");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSymbol(Utf8JsonWriter json, BinanceMarket market)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Name);
        json.WriteString("pair", market.Name);
        json.WriteString("contractType", "PERPETUAL");
        json.WriteNumber("deliveryDate", NeverDelivered);
        json.WriteNumber("onboardDate", market.Symbol.OnboardTime);
        json.WriteString("status", StatusOf(market));
        json.WriteString("maintMarginPercent", "2.5000");
        json.WriteString("requiredMarginPercent", "5.0000");
        json.WriteString("baseAsset", market.Market.Rules.Asset);
        json.WriteString("quoteAsset", "USDT");
        json.WriteString("marginAsset", "USDT");
        json.WriteNumber("pricePrecision", market.Symbol.PriceDigits);
        json.WriteNumber("quantityPrecision", market.Symbol.QuantityDigits);
        json.WriteNumber("baseAssetPrecision", 8);
        json.WriteNumber("quotePrecision", 8);
        json.WriteString("underlyingType", "COIN");
        WriteStrings(json, "underlyingSubType", ["PoW"]);
        json.WriteString("triggerProtect", "0.0500");
        json.WriteString("liquidationFee", "0.012500");
        json.WriteString("marketTakeBound", "0.05");
        json.WriteNumber("maxMoveOrderLimit", 10000);
        WriteFilters(json, market);
        WriteStrings(json, "orderTypes", OrderTypes);
        WriteStrings(json, "timeInForce", TimesInForce);
        WriteStrings(json, "permissionSets", ["GRID", "COPY"]);
        json.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter json, BinanceMarket market)
    {
        var (rules, most) = (market.Market.Rules, market.Quantity(1_000 * market.Market.Rules.QuantityScale.UnitsPerOne));
        json.WriteStartArray("filters");
        WriteFilter(json, "PRICE_FILTER", ("maxPrice", market.Price(40 * rules.OnGrid(rules.CentreMicros))), ("minPrice", market.Price(rules.Tick)), ("tickSize", market.Price(rules.Tick)));
        WriteFilter(json, "LOT_SIZE", ("maxQty", most), ("minQty", market.Quantity(rules.Lot)), ("stepSize", market.Quantity(rules.Lot)));
        WriteFilter(json, "MARKET_LOT_SIZE", ("maxQty", most), ("minQty", market.Quantity(rules.Lot)), ("stepSize", market.Quantity(rules.Lot)));
        json.WriteStartObject();
        json.WriteString("filterType", "MAX_NUM_ORDERS");
        json.WriteNumber("limit", 200);
        json.WriteEndObject();
        WriteFilter(json, "MIN_NOTIONAL", ("notional", "5"));
        WriteFilter(json, "PERCENT_PRICE", ("multiplierDecimal", "4"), ("multiplierDown", "0.9500"), ("multiplierUp", "1.0500"));
        json.WriteEndArray();
    }

    private static void WriteFilter(Utf8JsonWriter json, string type, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        json.WriteStartObject();
        json.WriteString("filterType", type);
        foreach (var (name, value) in fields)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
