using System.Text.Json;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Hyperliquid.Exchange;

/// <summary>
/// <c>POST /exchange</c>: whoever signs for an account that has money can trade it. An action is read and its signer found at once; it happens in
/// the next block, and is answered then.
/// </summary>
internal sealed class ExchangeEndpoint(HyperliquidVenue venue, Traders traders, Matching matching)
{
    private const int BatchOfOneWeight = 40;
    private readonly bool _isMainnet = venue.Key == "hyperliquid";

    /// <summary>What an action costs of the weight of an address: 1 + floor(orders / 40).</summary>
    public static int WeightOf(JsonElement body) =>
        1 + (SignedAction.Read(body) is { } signed && Rows(signed) is { } rows ? rows.GetArrayLength() / BatchOfOneWeight : 0);

    /// <summary>Takes a request.</summary>
    public RestAnswer Answer(JsonElement body)
    {
        if (venue.Faults.Use("limit-orders") is not null)
        {
            return RestAnswer.Json(429, "null");
        }

        if (SignedAction.Read(body) is not { } signed || Plan(signed) is not { } plan)
        {
            return InfoRequest.Unreadable;
        }

        var (trader, problem) = Check(signed);
        return trader is null ? Refusal(problem!) : Later(() => plan(trader));
    }

    private RestAnswer Later(Func<RestAnswer> act)
    {
        var source = new TaskCompletionSource<RestAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        venue.InNextBlock(() =>
        {
            var answer = act();
            source.SetResult(venue.Faults.Use("lose-order-answer") is null ? answer : answer with { Delay = RestAnswer.Never });
            matching.Sweep();
        });
        return RestAnswer.Json(200, "") with { Later = source.Task };
    }

    /// <summary>Whose account is acted for, or what is wrong.</summary>
    private (Trader? Trader, string? Problem) Check(SignedAction signed)
    {
        var now = venue.Schedule.Milliseconds;
        var signer = signed.Signer(_isMainnet);
        if (signer is null || traders.OfSigner(signer) is not { } own)
        {
            return (null, $"User or API Wallet {signer ?? "0x0000000000000000000000000000000000000000"} does not exist.");
        }

        if (signed.Vault is not null && (traders.Find(signed.Vault) is not { } vault || vault.Master != own.Address))
        {
            return (null, $"Vault not registered: {signed.Vault}");
        }

        if (traders.TakeNonce(signer, signed.Nonce, now) is { } problem)
        {
            return (null, problem);
        }

        return signed.ExpiresAfter < now
            ? (null, $"Action expired: {signed.ExpiresAfter} is before {now}")
            : (signed.Vault is null ? own : traders.Find(signed.Vault), null);
    }

    private static JsonElement? Rows(SignedAction signed) =>
        signed.Type switch { "order" => "orders", "batchModify" => "modifies", "cancel" or "cancelByCloid" => "cancels", _ => null } is { } name
        && signed.Action.TryGetProperty(name, out var rows) && rows.ValueKind == JsonValueKind.Array && rows.GetArrayLength() > 0
            ? rows
            : null;

    /// <summary>What is to be done for the account, or null for an action that cannot be read.</summary>
    private Func<Trader, RestAnswer>? Plan(SignedAction signed) => signed.Type switch
    {
        "order" when Rows(signed) is { } rows && All(rows, row => OrderTicket.Read(venue, row)) is { } tickets =>
            trader => Statuses("order", tickets, (json, ticket) => matching.Place(json, trader, ticket)),
        "batchModify" when Rows(signed) is { } rows && All(rows, row => Modification.Read(venue, row)) is { } changes =>
            trader => Statuses("order", changes, (json, change) => Modify(json, trader, change)),
        "modify" when Modification.Read(venue, signed.Action) is { } change => trader => Modified(trader, change),
        "cancel" when Rows(signed) is { } rows && All(rows, row => OrderName.Read(row, "a", "o")) is { } names => Cancelling(names),
        "cancelByCloid" when Rows(signed) is { } rows && All(rows, row => OrderName.Read(row, "asset", "cloid")) is { } names => Cancelling(names),
        _ => null,
    };

    private Func<Trader, RestAnswer> Cancelling(List<OrderName> names) => trader => Statuses("cancel", names, (json, name) =>
    {
        if (matching.Cancel(trader, name.Find(venue, trader)))
        {
            json.WriteStringValue("success");
        }
        else
        {
            Matching.WriteError(json, $"Order was never placed, already canceled, or filled. asset={name.Asset}");
        }
    });

    /// <summary>An order is changed by taking it out and placing it anew, with a new number.</summary>
    private void Modify(Utf8JsonWriter json, Trader trader, Modification change)
    {
        if (matching.Cancel(trader, change.Name.Find(venue, trader)))
        {
            matching.Place(json, trader, change.Order);
        }
        else
        {
            Matching.WriteError(json, $"Cannot modify canceled or filled order. asset={change.Order.Asset}");
        }
    }

    private RestAnswer Modified(Trader trader, Modification change)
    {
        using var text = new JsonText();
        using var status = JsonDocument.Parse(text.Write(json => Modify(json, trader, change)));
        return status.RootElement.TryGetProperty("error", out var error)
            ? Refusal(error.GetString()!)
            : RestAnswer.Json(200, """{"status":"ok","response":{"type":"default"}}""");
    }

    /// <summary><c>{"status":"err","response":"User or API Wallet 0x… does not exist."}</c></summary>
    private static RestAnswer Refusal(string problem) =>
        RestAnswer.Json(200, $"{{\"status\":\"err\",\"response\":{JsonSerializer.Serialize(problem, SimulatorJson.Relaxed)}}}");

    /// <summary><c>{"status":"ok","response":{"type":"order","data":{"statuses":[…]}}}</c></summary>
    private static RestAnswer Statuses<T>(string type, List<T> rows, Action<Utf8JsonWriter, T> write) => InfoAnswers.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "ok");
        json.WriteStartObject("response");
        json.WriteString("type", type);
        json.WriteStartObject("data");
        json.WritePropertyName("statuses");
        InfoAnswers.WriteList(json, rows, write);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static List<T>? All<T>(JsonElement rows, Func<JsonElement, T?> read)
        where T : class
    {
        var all = rows.EnumerateArray().Select(read).OfType<T>().ToList();
        return all.Count == rows.GetArrayLength() ? all : null;
    }
}
