using System.Text.Json;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary><c>GET /fapi/v1/exchangeInfo</c>: limits and symbols.</summary>
internal sealed class UsdmExchangeInfo(UsdmVenue venue)
{
    /// <summary>What perpetual contracts carry as their delivery date.</summary>
    public const long NeverDelivered = 4_133_404_800_000;

    private static readonly string[] OrderTypes =
        ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];

    private static readonly string[] TimesInForce = ["GTC", "IOC", "FOK", "GTX", "GTD"];

    /// <summary>TRADING, or SETTLING while delisted.</summary>
    public static string StatusOf(UsdmMarket market) => market.Market.IsHalted ? "SETTLING" : "TRADING";

    /// <summary>The answer.</summary>
    public RestAnswer Answer() => BinanceRest.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", venue.Schedule.Milliseconds);
        json.WriteString("futuresType", "U_MARGINED");
        json.WriteStartArray("rateLimits");
        BinanceText.WriteLimit(json, "REQUEST_WEIGHT", "MINUTE", 1, venue.Limits.WeightPerMinute);
        BinanceText.WriteLimit(json, "ORDERS", "MINUTE", 1, 1200);
        BinanceText.WriteLimit(json, "ORDERS", "SECOND", 10, 300);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        WriteAssets(json);
        json.WriteStartArray("symbols");
        foreach (var market in venue.Contracts.Values)
        {
            WriteSymbol(json, market);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

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

    private static void WriteSymbol(Utf8JsonWriter json, UsdmMarket market)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Name);
        json.WriteString("pair", market.Name);
        json.WriteString("contractType", "PERPETUAL");
        json.WriteNumber("deliveryDate", NeverDelivered);
        json.WriteNumber("onboardDate", market.Contract.OnboardTime);
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
        BinanceText.WriteStrings(json, "underlyingSubType", ["PoW"]);
        json.WriteString("triggerProtect", "0.0500");
        json.WriteString("liquidationFee", "0.012500");
        json.WriteString("marketTakeBound", "0.05");
        json.WriteNumber("maxMoveOrderLimit", 10000);
        WriteFilters(json, market);
        BinanceText.WriteStrings(json, "orderTypes", OrderTypes);
        BinanceText.WriteStrings(json, "timeInForce", TimesInForce);
        BinanceText.WriteStrings(json, "permissionSets", ["GRID", "COPY"]);
        json.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter json, UsdmMarket market)
    {
        var (rules, most) = (market.Market.Rules, market.Quantity(1_000 * market.Market.Rules.QuantityScale.UnitsPerOne));
        json.WriteStartArray("filters");
        BinanceText.WriteFilter(json, "PRICE_FILTER", ("maxPrice", market.Price(40 * rules.OnGrid(rules.CentreMicros))), ("minPrice", market.Price(rules.Tick)), ("tickSize", market.Price(rules.Tick)));
        BinanceText.WriteFilter(json, "LOT_SIZE", ("maxQty", most), ("minQty", market.Quantity(rules.Lot)), ("stepSize", market.Quantity(rules.Lot)));
        BinanceText.WriteFilter(json, "MARKET_LOT_SIZE", ("maxQty", most), ("minQty", market.Quantity(rules.Lot)), ("stepSize", market.Quantity(rules.Lot)));
        json.WriteStartObject();
        json.WriteString("filterType", "MAX_NUM_ORDERS");
        json.WriteNumber("limit", 200);
        json.WriteEndObject();
        BinanceText.WriteFilter(json, "MIN_NOTIONAL", ("notional", "5"));
        BinanceText.WriteFilter(json, "PERCENT_PRICE", ("multiplierDecimal", "4"), ("multiplierDown", "0.9500"), ("multiplierUp", "1.0500"));
        json.WriteEndArray();
    }
}
