using System.Text.Json;

namespace Omnibook.Simulator.Hyperliquid.Accounts;

/// <summary>The first frames of the channels about users. Invented users trade no more; of those who do, <see cref="Exchange.ExchangeFrames"/> tells the rest.</summary>
internal static class AccountFrames
{
    /// <summary>The snapshot of a channel, or null for channels that begin with silence.</summary>
    public static byte[]? First(HyperliquidVenue venue, string type, string user, JsonText json)
    {
        var account = venue.Accounts.Of(user);
        Action<Utf8JsonWriter>? fields = type switch
        {
            "userFills" => writer => Rows(writer, "fills", account.Fills, AccountRows.Fill),
            "userHistoricalOrders" => writer => Rows(writer, "orderHistory", account.Orders, AccountRows.HistoricalOrder),
            "userFundings" => static writer => Rows(writer, "fundings", Array.Empty<AccountFill>(), AccountRows.Fill),
            "userNonFundingLedgerUpdates" => static writer => Rows(writer, "nonFundingLedgerUpdates", Array.Empty<AccountFill>(), AccountRows.Fill),
            "openOrders" => writer => OpenOrders(writer, account),
            "clearinghouseState" => writer => State(writer, venue, account),
            _ => null,
        };
        return fields is null ? null : json.Write(writer => HyperliquidFrames.Channel(writer, type, data =>
        {
            data.WriteStartObject();
            data.WriteString("user", user);
            fields(data);
            data.WriteEndObject();
        }));
    }

    private static void Rows<T>(Utf8JsonWriter json, string name, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteBoolean("isSnapshot", true);
        json.WritePropertyName(name);
        InfoAnswers.WriteList(json, rows, write);
    }

    private static void OpenOrders(Utf8JsonWriter json, Account account)
    {
        json.WriteString("dex", "");
        json.WritePropertyName("orders");
        InfoAnswers.WriteList(json, account.Orders.Where(static order => order.Status == "open" && order.Coin.Dex.Name.Length == 0), AccountRows.FrontendOrder);
    }

    private static void State(Utf8JsonWriter json, HyperliquidVenue venue, Account account)
    {
        json.WriteString("dex", "");
        json.WritePropertyName("clearinghouseState");
        new ClearingHouse(venue, account, venue.Dexes[0]).Write(json);
    }
}
