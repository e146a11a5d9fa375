using System.Text.Json;
using Omnibook.Simulator.Hyperliquid.Accounts;
using Omnibook.Simulator.Hyperliquid.Exchange;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Hyperliquid;

/// <summary>Hyperliquid's REST interface: <c>POST /info</c> and <c>POST /exchange</c>. Errors are plain text, as the venue's are.</summary>
internal sealed class HyperliquidRest
{
    private const int WeightPerMinute = 1200;
    private const int LightWeight = 2;
    private const int UsualWeight = 20;
    private const int RoleWeight = 60;
    private static readonly string[] LightTypes =
        ["l2Book", "allMids", "clearinghouseState", "orderStatus", "spotClearinghouseState", "exchangeStatus"];

    private static readonly string[] RowTypes =
        ["recentTrades", "historicalOrders", "userFills", "userFillsByTime", "fundingHistory"];

    private readonly HyperliquidVenue _venue;
    private readonly Dictionary<string, Func<InfoRequest, RestAnswer>> _types = new(StringComparer.Ordinal);
    private readonly Queue<(long Milliseconds, int Weight)> _spent = new();

    /// <summary>Creates the interface.</summary>
    public HyperliquidRest(HyperliquidVenue venue)
    {
        _venue = venue;
        new HyperliquidMarketInfo(venue).AddTo(_types);
        new HyperliquidMetaInfo(venue).AddTo(_types);
        new AccountInfo(venue).AddTo(_types);
    }

    /// <summary>The weight spent in the last minute.</summary>
    public int UsedWeight => _spent.Sum(static spent => spent.Weight);

    /// <summary>The request's type, for the list of seen requests.</summary>
    public static string Subject(RestCall call) =>
        call.Path == "/info" && TryParse(call.Body, out var root) ? "/info " + SubjectOf(new InfoRequest(root)) : call.Path;

    /// <summary>Answers a request.</summary>
    public RestAnswer Reply(RestCall call)
    {
        if (call.Path is not ("/info" or "/exchange"))
        {
            return RestAnswer.Text(404, "");
        }

        if (call.Method != "POST")
        {
            return RestAnswer.Text(405, "");
        }

        if (call.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return RestAnswer.Text(415, "Expected request with `Content-Type: application/json`");
        }

        return TryParse(call.Body, out var root) ? call.Path == "/info" ? Info(root) : Exchange(root) : RestAnswer.Text(400, "Failed to parse the request body as JSON");
    }

    /// <summary>Answers the body of an info request.</summary>
    public RestAnswer Info(JsonElement root)
    {
        var request = new InfoRequest(root);
        if (request.Type is not { } type || !_types.TryGetValue(type, out var answer))
        {
            return InfoRequest.Unreadable;
        }

        if (!TrySpend(LightTypes.Contains(type) ? LightWeight : type == "userRole" ? RoleWeight : UsualWeight))
        {
            return RestAnswer.Json(429, "null");
        }

        var answered = answer(request);
        if (answered.Status == 200)
        {
            ChargeRows(type, answered.Body);
        }

        return answered;
    }

    private RestAnswer Exchange(JsonElement root) =>
        TrySpend(ExchangeEndpoint.WeightOf(root)) ? _venue.Exchange.Answer(root) : RestAnswer.Json(429, "null");

    private static string SubjectOf(InfoRequest request) => string.Join(
        ' ', new[] { request.Type, request.TextOrNull("coin"), request.TextOrNull("dex"), request.TextOrNull("user") }.Where(static part => part is not null));

    private static bool TryParse(byte[] body, out JsonElement root)
    {
        root = default;
        try
        {
            using var document = JsonDocument.Parse(body);
            root = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            // The venue answers this with a text of its own, which the caller writes.
            return false;
        }
    }

    /// <summary>Long answers cost more: 1 for each 20 rows, or for each 60 candles. What is spent cannot be refused any more.</summary>
    private void ChargeRows(string type, byte[] body)
    {
        if (RowTypes.Contains(type) || type == "candleSnapshot")
        {
            var rows = CountRows(body);
            _spent.Enqueue((_venue.Schedule.Milliseconds, rows / (type == "candleSnapshot" ? 60 : 20)));
        }
    }

    private static int CountRows(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        var rows = 0;
        while (reader.Read())
        {
            rows += reader is { TokenType: JsonTokenType.StartObject, CurrentDepth: 1 } ? 1 : 0;
        }

        return rows;
    }

    private bool TrySpend(int weight)
    {
        var now = _venue.Schedule.Milliseconds;
        while (_spent.TryPeek(out var oldest) && now - oldest.Milliseconds >= 60_000)
        {
            _spent.Dequeue();
        }

        if (UsedWeight + weight > WeightPerMinute)
        {
            return false;
        }

        _spent.Enqueue((now, weight));
        return true;
    }
}
