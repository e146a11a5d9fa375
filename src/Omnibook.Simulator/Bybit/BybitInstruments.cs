using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Bybit;

/// <summary><c>GET /v5/market/instruments-info</c>: the symbols with their grids, by pages. Only those that trade, unless a status or a symbol is asked for.</summary>
internal sealed class BybitInstruments(BybitVenue venue)
{
    /// <summary>The answer.</summary>
    public RestAnswer Answer(RestCall call)
    {
        var query = new BybitQuery(venue, call);
        var limit = query.Limit(500, 1000);
        var after = query.CursorField("last");
        var chosen = Chosen(query).SkipWhile(market => after is not null && string.CompareOrdinal(market.Name, after) <= 0).ToList();
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var page = chosen.Take(limit).ToList();
        return BybitRest.Write(venue.Schedule.Milliseconds, json =>
        {
            json.WriteString("category", "linear");
            json.WriteStartArray("list");
            foreach (var market in page)
            {
                WriteInstrument(json, market);
            }

            json.WriteEndArray();
            json.WriteString("nextPageCursor", page.Count == chosen.Count ? "" : $"first%3D{page[0].Name}%26last%3D{page[^1].Name}");
        });
    }

    private static IEnumerable<BybitMarket> Chosen(BybitQuery query)
    {
        var status = query.TextOrNull("status") ?? (query.TextOrNull("symbol") is null ? "Trading" : null);
        return query.Markets()
            .Where(market => status is null || StatusOf(market) == status)
            .Where(market => query.TextOrNull("baseCoin") is not { } coin || market.Market.Rules.Asset == coin)
            .OrderBy(static market => market.Name, StringComparer.Ordinal);
    }

    private static string StatusOf(BybitMarket market) => market.Market.IsHalted ? "Closed" : "Trading";

    private static void WriteInstrument(Utf8JsonWriter json, BybitMarket market)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Name);
        json.WriteNumber("symbolId", market.Symbol.SymbolId);
        json.WriteString("contractType", "LinearPerpetual");
        json.WriteString("status", StatusOf(market));
        json.WriteString("baseCoin", market.Market.Rules.Asset);
        json.WriteString("quoteCoin", "USDT");
        json.WriteString("launchTime", BybitText.Text(market.Symbol.LaunchTime));
        json.WriteString("deliveryTime", "0");
        json.WriteString("deliveryFeeRate", "");
        json.WriteString("priceScale", BybitText.Text(market.Symbol.PriceDigits));
        WriteTexts(json, "leverageFilter", ("minLeverage", "1"), ("maxLeverage", $"{market.Symbol.MaxLeverage}.00"), ("leverageStep", "0.01"));
        WriteFilters(json, market);
        json.WriteBoolean("unifiedMarginTrade", true);
        json.WriteNumber("fundingInterval", 480);
        json.WriteString("settleCoin", "USDT");
        json.WriteString("copyTrading", "both");
        json.WriteString("upperFundingRate", "0.005");
        json.WriteString("lowerFundingRate", "-0.005");
        json.WriteBoolean("isPreListing", false);
        json.WriteNull("preListingInfo");
        WriteTexts(json, "riskParameters", ("priceLimitRatioX", "0.05"), ("priceLimitRatioY", "0.1"));
        json.WriteString("symbolType", "");
        json.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter json, BybitMarket market)
    {
        var rules = market.Market.Rules;
        var most = market.Quantity(5_000 * rules.TypicalQuantity);
        WriteTexts(
            json, "priceFilter", ("minPrice", market.Price(rules.Tick)), ("maxPrice", market.Price(20 * rules.OnGrid(rules.CentreMicros))),
            ("tickSize", market.Price(rules.Tick)));
        WriteTexts(
            json, "lotSizeFilter", ("maxOrderQty", most), ("minOrderQty", market.Quantity(rules.Lot)), ("qtyStep", market.Quantity(rules.Lot)),
            ("postOnlyMaxOrderQty", most), ("maxMktOrderQty", most), ("minNotionalValue", "5"));
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        json.WriteStartObject(name);
        foreach (var (field, value) in fields)
        {
            json.WriteString(field, value);
        }

        json.WriteEndObject();
    }
}
