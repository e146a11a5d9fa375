using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>The older interface's lists of currencies, which client libraries ask for before anything else.</summary>
internal static class CoinbaseCurrencies
{
    /// <summary><c>{"data":[{"id":"USD","name":"United States Dollar","min_size":"0.01000000"}]}</c></summary>
    public static RestAnswer Fiat() => RestAnswer.Json(
        200, "{\"data\":[{\"id\":\"EUR\",\"name\":\"Euro\",\"min_size\":\"0.01000000\"},{\"id\":\"USD\",\"name\":\"United States Dollar\",\"min_size\":\"0.01000000\"}]}");

    /// <summary><c>{"data":[{"code":"BTC","name":"Bitcoin","color":"#F7931A","sort_index":100,"exponent":8,"type":"crypto","address_regex":"…","asset_id":"…"}]}</c></summary>
    public static RestAnswer Crypto(CoinbaseVenue venue) => CoinbaseRest.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        var index = 100;
        foreach (var (code, name) in venue.Products.Values.Select(static market => (market.Market.Rules.Asset, market.Listing.AssetName)).Append(("USDC", "USDC")))
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteString("name", name);
            json.WriteString("color", "#F7931A");
            json.WriteNumber("sort_index", index++);
            json.WriteNumber("exponent", 8);
            json.WriteString("type", "crypto");
            json.WriteString("address_regex", "^.+$");
            json.WriteString("asset_id", $"{index:00000000}-0000-4000-8000-000000000000");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary><c>{"data":{"currency":"USD","rates":{"BTC":"0.0000145"}}}</c>: how much of each a dollar buys.</summary>
    public static RestAnswer Rates(CoinbaseVenue venue, RestCall call) => CoinbaseRest.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteString("currency", call.Query.GetValueOrDefault("currency", "USD"));
        json.WriteStartObject("rates");
        json.WriteString("USD", "1.0");
        json.WriteString("USDC", "1.0");
        foreach (var market in venue.Products.Values)
        {
            var rate = decimal.Round(1 / market.Market.Rules.PriceScale.ToDecimal(market.Market.LastPrice), 16);
            json.WriteString(market.Market.Rules.Asset, CoinbaseStatements.Text(rate));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
