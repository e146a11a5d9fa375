using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Lighter;

/// <summary>The endpoints that list markets.</summary>
internal sealed class LighterMarketEndpoints(LighterVenue venue)
{
    private const long InsuranceFund = 281_474_976_710_655;

    private long Now => venue.Schedule.Milliseconds;

    /// <summary><c>{"code":200,"order_books":[{"symbol":"ETH","market_id":0,"market_type":"perp",…,"supported_quote_decimals":6}]}</c></summary>
    public RestAnswer OrderBooks(RestCall call)
    {
        var query = new LighterQuery(venue, call);
        var markets = query.Markets();
        return query.Problem ?? LighterRest.Write(json => WriteList(json, "order_books", markets, static (writer, market) => WriteListing(writer, market)));
    }

    /// <summary>The same with decimals, margins, the day, open interest in the base, mark and index.</summary>
    public RestAnswer Details(RestCall call)
    {
        var query = new LighterQuery(venue, call);
        var markets = query.Markets();
        return query.Problem ?? LighterRest.Write(json =>
        {
            WriteList(json, "order_book_details", markets, WriteDetail);
            json.WriteStartArray("spot_order_book_details");
            json.WriteEndArray();
        });
    }

    /// <summary><c>{"code":200,"total":214,"order_book_stats":[{"symbol":"1000SHIB","last_trade_price":0.004589,…}],"daily_usd_volume":…,"daily_trades_count":…}</c></summary>
    public RestAnswer ExchangeStatistics() => LighterRest.Write(json =>
    {
        var markets = venue.ById.Values.ToList();
        json.WriteNumber("total", markets.Count);
        WriteList(json, "order_book_stats", markets, (writer, market) =>
        {
            var (rules, day) = (market.Market.Rules, market.DayAt(Now));
            writer.WriteString("symbol", market.Symbol);
            writer.WriteNumber("last_trade_price", rules.PriceScale.ToDecimal(market.Market.LastPrice));
            writer.WriteNumber("daily_trades_count", day.Trades);
            writer.WriteNumber("daily_base_token_volume", rules.QuantityScale.ToDecimal(day.Volume));
            writer.WriteNumber("daily_quote_token_volume", decimal.Round(market.Value(day.Quote), 6));
            writer.WriteNumber("daily_price_change", decimal.Round((decimal)(day.Close - day.Open) * 100 / day.Open, 12));
        });
        json.WriteNumber("daily_usd_volume", decimal.Round(markets.Sum(market => market.Value(market.DayAt(Now).Quote)), 6));
        json.WriteNumber("daily_trades_count", markets.Sum(market => market.DayAt(Now).Trades));
    });

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<LighterMarket> markets, Action<Utf8JsonWriter, LighterMarket> write)
    {
        json.WriteStartArray(name);
        foreach (var market in markets)
        {
            json.WriteStartObject();
            write(json, market);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// <c>{"code":200,"asset_details":[{"asset_id":3,"symbol":"USDC","l1_decimals":6,"decimals":6,"min_transfer_amount":"1.000000","min_withdrawal_amount":"1.000000",
    /// "margin_mode":"enabled","index_price":"1.000000","l1_address":"0x95Fd23d5110f9D89A4b0B7d63D78F5B5Ea5074D1"}]}</c>: what accounts hold; everything is paid in USDC.
    /// https://apidocs.lighter.xyz/reference/assetdetails
    /// </summary>
    public static RestAnswer Assets() => RestAnswer.Json(
        200,
        "{\"code\":200,\"asset_details\":[{\"asset_id\":3,\"symbol\":\"USDC\",\"l1_decimals\":6,\"decimals\":6,\"min_transfer_amount\":\"1.000000\","
        + "\"min_withdrawal_amount\":\"1.000000\",\"margin_mode\":\"enabled\",\"index_price\":\"1.000000\",\"l1_address\":\"0x0000000000000000000000000000000000000003\"}]}");

    private static void WriteListing(Utf8JsonWriter json, LighterMarket market)
    {
        var rules = market.Market.Rules;
        json.WriteString("symbol", market.Symbol);
        json.WriteNumber("market_id", market.Id);
        json.WriteString("market_type", "perp");
        json.WriteNumber("base_asset_id", 0);
        json.WriteNumber("quote_asset_id", 0);
        json.WriteString("status", market.Market.IsHalted ? "inactive" : "active");
        json.WriteString("taker_fee", "0.0000");
        json.WriteBoolean("is_taker_fee_enabled", true);
        json.WriteString("maker_fee", "0.0000");
        json.WriteBoolean("is_maker_fee_enabled", true);
        json.WriteString("liquidation_fee", "1.0000");
        json.WriteString("min_base_amount", market.Size(Math.Max(1, rules.TypicalQuantity / 100)));
        json.WriteString("min_quote_amount", "10.000000");
        json.WriteString("order_quote_limit", "281474976.710655");
        json.WriteNumber("supported_size_decimals", rules.QuantityScale.Decimals);
        json.WriteNumber("supported_price_decimals", rules.PriceScale.Decimals);
        json.WriteNumber("supported_quote_decimals", 6);
    }

    private void WriteDetail(Utf8JsonWriter json, LighterMarket market)
    {
        var rules = market.Market.Rules;
        WriteListing(json, market);
        json.WriteNumber("size_decimals", rules.QuantityScale.Decimals);
        json.WriteNumber("price_decimals", rules.PriceScale.Decimals);
        json.WriteNumber("quote_multiplier", 1);
        json.WriteNumber("default_initial_margin_fraction", market.Listing.MarginFraction * 5 / 2);
        json.WriteNumber("min_initial_margin_fraction", market.Listing.MarginFraction);
        json.WriteNumber("maintenance_margin_fraction", market.Listing.MaintenanceFraction);
        json.WriteNumber("closeout_margin_fraction", market.Listing.MarginFraction * 4 / 10);
        json.WriteNumber("last_trade_price", rules.PriceScale.ToDecimal(market.Market.LastPrice));
        json.WriteNumber("daily_trades_count", market.DayAt(Now).Trades);
        LighterStatistics.WriteDay(json, market, Now);
        json.WriteNumber("open_interest", market.OpenInterestAt(Now));
        json.WriteString("mark_price", market.Price(market.Mark(Now)));
        json.WriteString("index_price", market.Price(market.Index(Now)));
        json.WriteStartObject("daily_chart");
        json.WriteEndObject();
        WriteConfiguration(json);
        json.WriteNumber("strategy_index", 2);
    }

    private static void WriteConfiguration(Utf8JsonWriter json)
    {
        json.WriteStartObject("market_config");
        json.WriteNumber("market_margin_mode", 0);
        json.WriteNumber("insurance_fund_account_index", InsuranceFund);
        json.WriteNumber("liquidation_mode", 0);
        json.WriteBoolean("force_reduce_only", false);
        json.WriteString("trading_hours", "");
        json.WriteBoolean("funding_fee_discounts_enabled", false);
        json.WriteBoolean("hidden", false);
        json.WriteBoolean("rfq_enabled", true);
        json.WriteEndObject();
    }
}
