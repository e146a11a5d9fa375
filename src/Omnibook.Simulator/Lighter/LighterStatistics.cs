using System.Text.Json;
using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Lighter;

/// <summary>The statistics of markets on the socket. Open interest is in dollars here, in the base in REST; rates are percent an hour.</summary>
internal static class LighterStatistics
{
    /// <summary><c>{"channel":"market_stats:0","market_stats":{…},"timestamp":…,"type":"update/market_stats"}</c></summary>
    public static void One(Utf8JsonWriter json, LighterMarket market, bool isFirst, long now)
    {
        json.WriteStartObject();
        json.WriteString("channel", $"market_stats:{market.Id}");
        json.WritePropertyName("market_stats");
        Write(json, market, now);
        LighterFrames.End(json, "market_stats", isFirst, now);
    }

    /// <summary><c>{"channel":"market_stats:all","market_stats":{"0":{…},"1":{…}},…}</c>; an update holds only what changed.</summary>
    public static void Many(Utf8JsonWriter json, IEnumerable<LighterMarket> markets, bool isFirst, long now)
    {
        json.WriteStartObject();
        json.WriteString("channel", "market_stats:all");
        json.WriteStartObject("market_stats");
        foreach (var market in markets)
        {
            json.WritePropertyName(LighterText.Text(market.Id));
            Write(json, market, now);
        }

        json.WriteEndObject();
        LighterFrames.End(json, "market_stats", isFirst, now);
    }

    /// <summary>What the frequent fields are, to tell whether there is something to push.</summary>
    public static string Fingerprint(LighterMarket market, long now) => string.Join('|',
        market.Price(market.Index(now)), market.Price(market.Mark(now)), market.Market.LastPrice, market.Market.Trades.NextId,
        market.Best(Side.Bid), market.Best(Side.Ask));

    private static void Write(Utf8JsonWriter json, LighterMarket market, long now)
    {
        var (bid, ask) = (market.Best(Side.Bid)?.Price ?? 0, market.Best(Side.Ask)?.Price ?? 0);
        var lastHour = now / LighterMarket.Hour * LighterMarket.Hour;
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol);
        json.WriteNumber("market_id", market.Id);
        json.WriteString("index_price", market.Price(market.Index(now)));
        json.WriteString("mark_price", market.Price(market.Mark(now)));
        json.WriteString("mid_price", market.Price(market.Market.Rules.PriceScale.ToDecimal(bid + ask) / 2));
        json.WriteString("best_bid_price", market.Price(bid));
        json.WriteString("best_ask_price", market.Price(ask));
        json.WriteString("open_interest", LighterText.Fixed(market.OpenInterestAt(now) * market.Mark(now), 6));
        json.WriteString("open_interest_limit", "72057594037927936.000000");
        json.WriteString("funding_clamp_small", "0.0500");
        json.WriteString("funding_clamp_big", "4.0000");
        json.WriteString("last_trade_price", market.Price(market.Market.LastPrice));
        json.WriteString("base_interest_rate", "0.0100");
        json.WriteString("current_funding_rate", LighterText.Fixed(market.FundingPercentAt(now), 4));
        json.WriteString("funding_rate", LighterText.Fixed(market.FundingPercentAt(lastHour - 1), 4));
        json.WriteNumber("funding_timestamp", lastHour + 1);
        WriteDay(json, market, now);
        json.WriteEndObject();
    }

    /// <summary>The day's fields, which are numbers, on the socket and in REST.</summary>
    public static void WriteDay(Utf8JsonWriter json, LighterMarket market, long now)
    {
        var (rules, day) = (market.Market.Rules, market.DayAt(now));
        json.WriteNumber("daily_base_token_volume", rules.QuantityScale.ToDecimal(day.Volume));
        json.WriteNumber("daily_quote_token_volume", decimal.Round(market.Value(day.Quote), 6));
        json.WriteNumber("daily_price_low", rules.PriceScale.ToDecimal(day.Low));
        json.WriteNumber("daily_price_high", rules.PriceScale.ToDecimal(day.High));
        json.WriteNumber("daily_price_change", decimal.Round((decimal)(day.Close - day.Open) * 100 / day.Open, 12));
    }
}
