using System.Text.Json;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>
/// The requests of POST /info, as data. One address has 1200 weight a minute: 2 for l2Book and clearinghouseState, 20 for most
/// others, plus 1 for every 20 rows of the long lists (every 60 candles). The number of rows is only known afterwards, so the most
/// that can come is booked beforehand.
/// </summary>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint"/>
/// <seealso href="https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/rate-limits-and-user-limits"/>
public static class InfoRequests
{
    /// <summary>Most rows of an answer with fundings.</summary>
    public const int MaxFundingRows = 500;

    /// <summary>The candles of an interval that the venue keeps.</summary>
    public const int MaxCandles = 5000;

    private const string Path = "info";
    private const int LightWeight = 2;
    private const int Weight = 20;
    private const int RowsPerWeight = 20;
    private const int CandlesPerWeight = 60;
    private const int MaxHistoricalOrders = 2000;
    private const int MaxRecentTrades = 100;

    /// <summary>Every dex's instruments in one answer; the index of an element is the index of its dex.</summary>
    public static RestRequest AllPerpMetas { get; } = Request("allPerpMetas", Weight);

    /// <summary>The builder dexes; element 0 is null and stands for the first dex.</summary>
    public static RestRequest PerpDexs { get; } = Request("perpDexs", Weight);

    /// <summary>Tokens and spot pairs. A dex's <c>collateralToken</c> is an index of its tokens.</summary>
    public static RestRequest SpotMeta { get; } = Request("spotMeta", Weight);

    /// <summary>One dex's instruments. An unknown dex is answered by HTTP 500.</summary>
    /// <param name="dex">Name of the dex; empty for the first.</param>
    public static RestRequest Meta(string dex) => Request("meta", Weight, ("dex", dex));

    /// <summary>A book, at most 20 levels a side; null for an unknown coin.</summary>
    /// <param name="coin">The venue's spelling.</param>
    /// <param name="nSigFigs">2 to 5 significant figures to group by, or null for single prices.</param>
    /// <param name="mantissa">2 or 5, only with five figures; 1 means the same as null but is refused by the venue, so it is not sent.</param>
    public static RestRequest L2Book(string coin, int? nSigFigs = null, int? mantissa = null) =>
        Request("l2Book", LightWeight, writer =>
        {
            writer.WriteString("coin", coin);
            if (nSigFigs is { } figures)
            {
                writer.WriteNumber("nSigFigs", figures);
            }

            if (mantissa is { } step and not 1)
            {
                writer.WriteNumber("mantissa", step);
            }
        });

    /// <summary>A user's margin and positions on one dex.</summary>
    /// <param name="user">The address, <c>0x</c> and 40 hexadecimal digits.</param>
    /// <param name="dex">Name of the dex; empty for the first.</param>
    public static RestRequest ClearinghouseState(string user, string dex = "") =>
        Request("clearinghouseState", LightWeight, ("user", user), ("dex", dex));

    /// <summary>A user's sub-accounts; null when there are none.</summary>
    public static RestRequest SubAccounts(string user) => Request("subAccounts", Weight, ("user", user));

    /// <summary>A user's newest orders, at most 2000, newest first.</summary>
    public static RestRequest HistoricalOrders(string user) =>
        Request("historicalOrders", Weight + MaxHistoricalOrders / RowsPerWeight, ("user", user));

    /// <summary>A user's open orders on one dex.</summary>
    /// <param name="user">The address, <c>0x</c> and 40 hexadecimal digits.</param>
    /// <param name="dex">Name of the dex; empty for the first.</param>
    public static RestRequest OpenOrders(string user, string dex = "") => Request("frontendOpenOrders", Weight, ("user", user), ("dex", dex));

    /// <summary>What became of an order, by the venue's number.</summary>
    public static RestRequest OrderStatus(string user, long orderId) => Request("orderStatus", LightWeight, writer =>
    {
        writer.WriteString("user", user);
        writer.WriteNumber("oid", orderId);
    });

    /// <summary>What became of an order, by our own id.</summary>
    public static RestRequest OrderStatus(string user, string clientId) => Request("orderStatus", LightWeight, ("user", user), ("oid", clientId));

    /// <summary>One dex's instruments, and their prices and figures in the same order. An unknown dex is answered by HTTP 500.</summary>
    /// <param name="dex">Name of the dex; empty for the first.</param>
    public static RestRequest MetaAndAssetContexts(string dex) => Request("metaAndAssetCtxs", Weight, ("dex", dex));

    /// <summary>The next funding of the first dex's coins, here and at two other venues.</summary>
    public static RestRequest PredictedFundings { get; } = Request("predictedFundings", Weight);

    /// <summary>The newest trades of a coin.</summary>
    public static RestRequest RecentTrades(string coin) =>
        Request("recentTrades", Weight + MaxRecentTrades / RowsPerWeight, ("coin", coin));

    /// <summary>Hourly funding rates, oldest first, at most 500: the next page begins one millisecond after the last row.</summary>
    /// <param name="coin">The venue's spelling.</param>
    /// <param name="startTime">Milliseconds since the Unix epoch.</param>
    /// <param name="endTime">The same, or null for now.</param>
    /// <param name="rows">The most rows that can lie between both.</param>
    public static RestRequest FundingHistory(string coin, long startTime, long? endTime = null, int rows = MaxFundingRows) =>
        Request("fundingHistory", Weight + rows / RowsPerWeight, writer =>
        {
            writer.WriteString("coin", coin);
            WriteRange(writer, startTime, endTime);
        });

    /// <summary>Candles. Only the newest 5000 of an interval exist; a start before them may be refused with 422.</summary>
    /// <param name="coin">The venue's spelling.</param>
    /// <param name="interval"><c>1m 3m 5m 15m 30m 1h 2h 4h 8h 12h 1d 3d 1w 1M</c>.</param>
    /// <param name="startTime">Milliseconds since the Unix epoch.</param>
    /// <param name="endTime">The same, or null for now.</param>
    /// <param name="rows">The most candles that can lie between both.</param>
    public static RestRequest CandleSnapshot(string coin, string interval, long startTime, long? endTime = null, int rows = MaxCandles) =>
        Request("candleSnapshot", Weight + rows / CandlesPerWeight, writer =>
        {
            writer.WriteStartObject("req");
            writer.WriteString("coin", coin);
            writer.WriteString("interval", interval);
            WriteRange(writer, startTime, endTime);
            writer.WriteEndObject();
        });

    private static void WriteRange(Utf8JsonWriter writer, long startTime, long? endTime)
    {
        writer.WriteNumber("startTime", startTime);
        if (endTime is { } end)
        {
            writer.WriteNumber("endTime", end);
        }
    }

    private static RestRequest Request(string type, int weight, params (string Name, string Value)[] fields) =>
        Request(type, weight, writer =>
        {
            foreach (var (name, value) in fields)
            {
                writer.WriteString(name, value);
            }
        });

    private static RestRequest Request(string type, int weight, Action<Utf8JsonWriter> writeFields) =>
        new(Path, weight, JsonText.Object(writer =>
        {
            writer.WriteString("type", type);
            writeFields(writer);
        }));
}
