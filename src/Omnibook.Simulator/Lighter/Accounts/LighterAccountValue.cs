using System.Text.Json;

namespace Omnibook.Simulator.Lighter.Accounts;

/// <summary>
/// What an account is worth now. total_asset_value = collateral + the unrealized profit of all positions;
/// available_balance = total_asset_value less the initial margin of all positions.
/// </summary>
internal sealed class LighterAccountValue(LighterAccount account, long now)
{
    private decimal Total => account.Collateral + account.Positions.Sum(ProfitOf);

    private decimal Available => Math.Max(0, Total - account.Positions.Sum(position => ValueOf(position) * position.MarginFraction / 10_000));

    private decimal Maintenance => account.Positions.Sum(position => ValueOf(position) * position.Market.Listing.MaintenanceFraction / 10_000);

    /// <summary>
    /// <c>{"code":0,"account_type":0,"index":1,"l1_address":"0x…","available_balance":"…","status":1,"collateral":"…","positions":[{…}],"assets":[{…}],"total_asset_value":"…","cross_asset_value":"…","shares":[]}</c>
    /// </summary>
    public void Write(Utf8JsonWriter json)
    {
        var orders = account.Positions.Sum(static position => position.OpenOrders);
        json.WriteStartObject();
        json.WriteNumber("code", 0);
        json.WriteNumber("account_type", 0);
        json.WriteNumber("index", account.Index);
        json.WriteString("l1_address", account.Address);
        json.WriteNumber("cancel_all_time", 0);
        json.WriteNumber("total_order_count", orders);
        json.WriteNumber("total_isolated_order_count", 0);
        json.WriteNumber("pending_order_count", 0);
        json.WriteString("available_balance", LighterText.Fixed(Available, 6));
        json.WriteNumber("status", 1);
        json.WriteString("collateral", LighterText.Fixed(account.Collateral, 6));
        json.WriteNumber("account_index", account.Index);
        json.WriteString("name", "");
        json.WriteString("description", "");
        json.WriteNumber("account_trading_mode", 0);
        WriteList(json, "positions", account.Positions, WritePosition);
        WriteAssets(json);
        json.WriteString("total_asset_value", LighterText.Fixed(Total, 6));
        json.WriteString("cross_asset_value", LighterText.Fixed(Total, 6));
        json.WriteStartArray("shares");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private decimal ValueOf(LighterPosition position) => Math.Abs(position.Size) * position.Market.Mark(now);

    private decimal ProfitOf(LighterPosition position) => position.Size * (position.Market.Mark(now) - position.EntryPrice);

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WritePosition(Utf8JsonWriter json, LighterPosition position)
    {
        var rules = position.Market.Market.Rules;
        json.WriteNumber("market_id", position.Market.Id);
        json.WriteString("symbol", position.Market.Symbol);
        json.WriteString("initial_margin_fraction", LighterText.Fixed(position.MarginFraction / 100m, 2));
        json.WriteNumber("open_order_count", position.OpenOrders);
        json.WriteNumber("pending_order_count", 0);
        json.WriteNumber("position_tied_order_count", 0);
        json.WriteNumber("sign", Math.Sign(position.Size));
        json.WriteString("position", LighterText.Fixed(Math.Abs(position.Size), rules.QuantityScale.Decimals));
        json.WriteString("avg_entry_price", LighterText.Fixed(position.EntryPrice, 6));
        json.WriteString("position_value", LighterText.Fixed(ValueOf(position), 6));
        json.WriteString("unrealized_pnl", LighterText.Fixed(ProfitOf(position), 6));
        json.WriteString("realized_pnl", "0.000000");
        json.WriteString("liquidation_price", LighterText.Fixed(Math.Max(0, LiquidationPrice(position)), 6));
        json.WriteNumber("margin_mode", 0);
        json.WriteString("allocated_margin", "0.000000");
    }

    /// <summary>The price at which, everything else standing still, only the maintenance margin is left.</summary>
    private decimal LiquidationPrice(LighterPosition position)
    {
        var side = Math.Sign(position.Size);
        var share = 1 - side * position.Market.Listing.MaintenanceFraction / 10_000m;
        return position.Market.Mark(now) - side * (Total - Maintenance) / Math.Abs(position.Size) / share;
    }

    private void WriteAssets(Utf8JsonWriter json) => WriteList(json, "assets", ["USDC"], (writer, symbol) =>
    {
        writer.WriteString("symbol", symbol);
        writer.WriteNumber("asset_id", 3);
        writer.WriteString("balance", LighterText.Fixed(account.Collateral, 6));
        writer.WriteString("locked_balance", "0.000000");
    });
}
