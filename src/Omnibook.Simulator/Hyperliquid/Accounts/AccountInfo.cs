using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Hyperliquid.Accounts;

/// <summary>The info requests about users.</summary>
internal sealed class AccountInfo(HyperliquidVenue venue)
{
    private const int MostRows = 2000;

    /// <summary>Adds the request types.</summary>
    public void AddTo(Dictionary<string, Func<InfoRequest, RestAnswer>> types)
    {
        types.Add("clearinghouseState", ClearinghouseState);
        types.Add("spotClearinghouseState", request => OfUser(request, account => InfoAnswers.Write(json => WriteSpot(json, account))));
        types.Add("subAccounts", request => OfUser(request, SubAccounts));
        types.Add("historicalOrders", request => OfUser(request, static account => InfoAnswers.List(account.Orders.Take(MostRows), AccountRows.HistoricalOrder)));
        types.Add("openOrders", request => OpenOrders(request, AccountRows.OpenOrder));
        types.Add("frontendOpenOrders", request => OpenOrders(request, AccountRows.FrontendOrder));
        types.Add("userFills", request => OfUser(request, static account => InfoAnswers.List(account.Fills.Take(MostRows), AccountRows.Fill)));
        types.Add("userFillsByTime", FillsByTime);
        types.Add("orderStatus", OrderStatus);
        types.Add("userRole", request => OfUser(request, Role));
        types.Add("userRateLimit", request => OfUser(request, RateLimit));
    }

    /// <summary>The balances of an account's spot wallet.</summary>
    public static void WriteSpot(Utf8JsonWriter json, Account account)
    {
        var total = HyperliquidText.Amount(Math.Round(account.Deposits[""] / 7, 6));
        json.WriteStartObject();
        json.WriteStartArray("balances");
        json.WriteStartObject();
        json.WriteString("coin", "USDC");
        json.WriteNumber("token", HyperliquidCoins.Usdc);
        json.WriteString("total", total);
        json.WriteString("hold", "0.0");
        json.WriteString("entryNtl", "0.0");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private RestAnswer OfUser(InfoRequest request, Func<Account, RestAnswer> answer)
    {
        var user = request.User();
        return request.IsBad ? InfoRequest.Unreadable : answer(venue.Accounts.Of(user));
    }

    private RestAnswer ClearinghouseState(InfoRequest request) => OfUser(request, account =>
        venue.FindDex(request.TextOrNull("dex") ?? "") is { } dex
            ? InfoAnswers.Write(new ClearingHouse(venue, account, dex).Write)
            : InfoAnswers.Failure);

    /// <summary><c>null</c> or <c>[{"name":"sub 1","subAccountUser":"0x…","master":"0x…","clearinghouseState":{…},"spotState":{…}}]</c></summary>
    private RestAnswer SubAccounts(Account account) => account.SubAccounts.Count == 0
        ? InfoAnswers.Null
        : InfoAnswers.List(account.SubAccounts.Index(), (json, sub) =>
        {
            var state = venue.Accounts.Of(sub.Item);
            json.WriteStartObject();
            json.WriteString("name", $"sub {sub.Index + 1}");
            json.WriteString("subAccountUser", sub.Item);
            json.WriteString("master", account.Address);
            json.WritePropertyName("clearinghouseState");
            new ClearingHouse(venue, state, venue.Dexes[0]).Write(json);
            json.WritePropertyName("spotState");
            WriteSpot(json, state);
            json.WriteEndObject();
        });

    private RestAnswer OpenOrders(InfoRequest request, Action<Utf8JsonWriter, AccountOrder> write) => OfUser(request, account =>
        venue.FindDex(request.TextOrNull("dex") ?? "") is { } dex
            ? InfoAnswers.List(account.Orders.Where(order => order.Status == "open" && order.Coin.Dex == dex), write)
            : InfoAnswers.Failure);

    private RestAnswer FillsByTime(InfoRequest request)
    {
        var (start, end) = (request.Moment("startTime"), request.MomentOrNull("endTime") ?? long.MaxValue);
        return OfUser(request, account => InfoAnswers.List(
            account.Fills.Where(fill => fill.Time >= start && fill.Time <= end).Reverse().Take(MostRows), AccountRows.Fill));
    }

    /// <summary><c>{"status":"order","order":{"order":{…},"status":"filled","statusTimestamp":…}}</c> or <c>{"status":"unknownOid"}</c></summary>
    private RestAnswer OrderStatus(InfoRequest request)
    {
        var client = request.TextOrNull("oid");
        var id = client is null ? request.Moment("oid") : -1;
        return OfUser(request, account =>
            account.Orders.FirstOrDefault(order => client is null ? order.Id == id : order.ClientId == client) is not { } found
                ? RestAnswer.Json(200, "{\"status\":\"unknownOid\"}")
                : InfoAnswers.Write(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("status", "order");
                    json.WritePropertyName("order");
                    AccountRows.HistoricalOrder(json, found);
                    json.WriteEndObject();
                }));
    }

    private RestAnswer Role(Account account) => venue.Accounts.MasterOf(account.Address) is { } master
        ? RestAnswer.Json(200, $"{{\"role\":\"subAccount\",\"data\":{{\"master\":\"{master}\"}}}}")
        : RestAnswer.Json(200, "{\"role\":\"user\"}");

    private static RestAnswer RateLimit(Account account)
    {
        var volume = account.Fills.Sum(static fill => fill.Order.Filled * fill.Order.Price);
        return RestAnswer.Json(200,
            $"{{\"cumVlm\":\"{HyperliquidText.Amount(volume)}\",\"nRequestsUsed\":{account.Orders.Count},\"nRequestsCap\":{10_000 + (long)volume},\"nRequestsSurplus\":0}}");
    }
}
