using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;

namespace Omnibook.Simulator.Coinbase;

/// <summary>The figures and the states of products.</summary>
internal static class CoinbaseStatements
{
    /// <summary>How far the last price is from that of a day ago, in percent.</summary>
    public static decimal ChangePercent(in Candle day) => decimal.Round((decimal)(day.Close - day.Open) * 100 / day.Open, 14);

    /// <summary>
    /// <c>{"type":"snapshot","tickers":[{"type":"ticker","product_id":"ETH-USDT","price":"21932.98","volume_24_h":"16038.28770938","low_24_h":"21835.29","high_24_h":"23011.18",
    /// "low_52_w":"15460","high_52_w":"48240","price_percent_chg_24_h":"-4.15775596190603","best_bid":"21931.98","best_bid_quantity":"8000.21","best_ask":"21933.98",
    /// "best_ask_quantity":"8038.07770938"}]}</c>; batches have no best bid and ask.
    /// </summary>
    public static void Tickers(Utf8JsonWriter json, string type, IEnumerable<CoinbaseMarket> markets, bool isBatch, long now)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteStartArray("tickers");
        foreach (var market in markets)
        {
            var day = market.Market.Candles.Day(now);
            var (low, high) = market.YearRange(now);
            json.WriteStartObject();
            json.WriteString("type", "ticker");
            json.WriteString("product_id", market.Id);
            json.WriteString("price", market.Price(day.Close));
            json.WriteString("volume_24_h", market.Quantity(day.Volume));
            json.WriteString("low_24_h", market.Price(day.Low));
            json.WriteString("high_24_h", market.Price(day.High));
            json.WriteString("low_52_w", market.Price(Math.Min(low, day.Low)));
            json.WriteString("high_52_w", market.Price(Math.Max(high, day.High)));
            json.WriteString("price_percent_chg_24_h", Text(ChangePercent(day)));
            if (!isBatch)
            {
                WriteTop(json, market);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{"type":"snapshot","products":[{"product_type":"SPOT","id":"ETH-USDT","base_currency":"ETH","quote_currency":"USDT","base_increment":"0.00000001",
    /// "quote_increment":"0.01","display_name":"ETH/USDT","status":"online","status_message":"","min_market_funds":"1"}]}</c>
    /// </summary>
    public static void Status(Utf8JsonWriter json, string type, IEnumerable<CoinbaseMarket> markets)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteStartArray("products");
        foreach (var market in markets)
        {
            json.WriteStartObject();
            json.WriteString("product_type", "SPOT");
            json.WriteString("id", market.Id);
            json.WriteString("base_currency", market.Market.Rules.Asset);
            json.WriteString("quote_currency", "USD");
            json.WriteString("base_increment", market.Quantity(market.Market.Rules.Lot));
            json.WriteString("quote_increment", market.Price(market.Market.Rules.Tick));
            json.WriteString("display_name", $"{market.Market.Rules.Asset}/USD");
            json.WriteString("status", StatusOf(market));
            json.WriteString("status_message", "");
            json.WriteString("min_market_funds", "1");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>online, or delisted.</summary>
    public static string StatusOf(CoinbaseMarket market) => market.Market.IsHalted ? "delisted" : "online";

    /// <summary>A figure in the shortest form.</summary>
    public static string Text(decimal figure) => (figure / 1.000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void WriteTop(Utf8JsonWriter json, CoinbaseMarket market)
    {
        var (bid, ask) = (market.Best(Side.Bid), market.Best(Side.Ask));
        json.WriteString("best_bid", market.Price(bid.Price));
        json.WriteString("best_bid_quantity", market.Quantity(bid.Quantity));
        json.WriteString("best_ask", market.Price(ask.Price));
        json.WriteString("best_ask_quantity", market.Quantity(ask.Quantity));
    }
}
