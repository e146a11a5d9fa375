namespace Omnibook.Simulator.Faults;

/// <summary>Every fault that a simulated venue can have.</summary>
public static class FaultCatalog
{
    private static readonly string[] Filter = ["symbol", "channel"];
    private static readonly string[] Frames = [.. Filter, "count", "probability", "durationMs"];
    private static readonly string[] Chain = ["hyperliquid", "hyperliquid-testnet"];
    private static readonly string[] Answers = ["symbol", "count", "durationMs"];

    /// <summary>The list that <c>GET /control/faults</c> shows.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("gap", "Data frames are lost; their numbers are used up.", Frames) { UsualCount = 1 },
        new("duplicate", "Data frames come twice.", Frames) { UsualCount = 1 },
        new("reorder", "A data frame comes after the next one of the same channel.", Frames) { UsualCount = 1 },
        new("stall", "The socket stays open and nothing comes: no data, no acknowledgement, no pong.", ["durationMs"]),
        new("mute", "Data frames stop; acknowledgements and pongs still come.", [.. Filter, "durationMs"]),
        new("disconnect", "Connections are closed with a close frame (code, 1001 unless told).", ["code", "count"]) { IsMomentary = true },
        new("reset", "Connections are cut with a TCP reset and no close frame.", ["count"]) { IsMomentary = true },
        new("refuse-handshake", "WebSocket handshakes are answered with an HTTP status (503 unless told).",
            ["status", "retryAfterSeconds", "body", "count", "durationMs"]),
        new("stale-snapshot", "REST books, and the history of news, are as old as lagMs (2,000 unless told).", [.. Answers, "lagMs"]),
        new("slow-snapshot", "REST books, and the history of news, take delayMs (2,000 unless told) to arrive.", [.. Answers, "delayMs"]),
        new("hang-snapshot", "REST books, and the history of news, never arrive.", Answers),
        new("rest-status", "REST answers have an HTTP status (503 unless told), with Retry-After when given, and a body: venue, html, empty or truncated.",
            ["status", "retryAfterSeconds", "body", "count", "durationMs"]),
        new("crossed", "The venue's own book is crossed by some ticks (1 unless told, 0 is locked) until the fault ends.",
            ["symbol", "ticks", "durationMs"]),
        new("malformed", "Data frames are cut in the middle of their JSON.", Frames) { UsualCount = 1 },
        new("invalid-utf8", "Data frames hold bytes that are no UTF-8.", Frames) { UsualCount = 1 },
        new("huge-frame", "A data frame is followed by one of so many bytes (40 MB unless told).", [.. Frames, "bytes"]) { UsualCount = 1 },
        new("nan", "The first price of data frames is the text NaN.", Frames) { UsualCount = 1 },
        new("corrupt-level", "One quantity of a book frame is wrong; all numbers and times are right.", Frames) { UsualCount = 1 },
        new("wrong-path", "Subscriptions are acknowledged and never deliver, as on the wrong one of Binance's paths.",
            [.. Filter, "count", "durationMs"]),
        new("refuse-subscription", "Subscriptions are answered with the venue's error.", [.. Filter, "count", "durationMs"]) { UsualCount = 1 },
        new("lost-ack", "Acknowledgements of subscriptions do not come; the data does.", [.. Filter, "count", "durationMs"]) { UsualCount = 1 },
        new("clock-offset", "All times in data frames are off by offsetMs (5,000 unless told).", [.. Filter, "offsetMs", "durationMs"]),
        new("delist", "The symbol is delisted while the fault is on: its market halts and says so.", ["symbol", "durationMs"]),
        new("quiet-market", "Nothing happens in the market: no order, no trade. The venue is well, and its REST host says the same.", ["symbol", "durationMs"]),
        new("tick-change", "The tick is so many times coarser (ticks, 10 unless told) until the fault ends; then it is as fine as before. Orders between the ticks are cancelled.",
            ["symbol", "ticks", "durationMs"])
        {
            OnlyVenues = ["binance-usdm", "binance-spot", "bybit", "coinbase"],
        },
        new("resend-news", "A new connection is first sent the newest items again, as if they were new.", ["count", "durationMs"]) { OnlyVenues = ["treeofalpha"] },
        new("strange-text", "News holds half surrogate pairs, zeros, direction marks and markup, and comes among plain words and rows that are no items.",
            ["count", "durationMs"])
        {
            OnlyVenues = ["treeofalpha"],
        },
        new("reject-order", "Orders are answered with an error of their own.", ["symbol", "count", "durationMs"]) { UsualCount = 1, OnlyVenues = Chain },
        new("lose-order-answer", "Orders and cancels are done, and the answer never comes.", ["count", "durationMs"]) { UsualCount = 1, OnlyVenues = Chain },
        new("limit-orders", "Orders and cancels are answered with 429 and not done.", ["count", "durationMs"]) { UsualCount = 1, OnlyVenues = Chain },
        new("sequence-restart", "The venue's update ids start again from 1; Bybit says so with a snapshot whose u is 1.", [])
        {
            IsMomentary = true, OnlyVenues = ["binance-usdm", "binance-spot", "bybit"],
        },
        new("server-shutdown", "Connections are told serverShutdown and are closed ten seconds later.", []) { IsMomentary = true, OnlyVenues = ["binance-spot"] },
    ];

    /// <summary>The kind of a name, or null.</summary>
    public static FaultKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
