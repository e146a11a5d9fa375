namespace Omnibook.History.Database;

/// <summary>
/// The tables of one partition. All numbers are integers of 64 bits, which DuckDB keeps in as many bits as they need; amounts are in units of the
/// instrument's scales, moments in milliseconds and the nanoseconds beyond, since most venues tell no more than milliseconds.
/// </summary>
internal static class PartitionSchema
{
    /// <summary>Files of another version are made again from the journal.</summary>
    public const long Version = 1;

    /// <summary>Columns of <c>trades</c> and <c>liquidations</c>, in the order in which they are written.</summary>
    public const int EventColumns = 10;

    /// <summary>Columns of <c>levels</c>.</summary>
    public const int LevelColumns = 7;

    private const string Events =
        "(instrument BIGINT, position BIGINT, at_ms BIGINT, at_rest BIGINT, received_after BIGINT, is_ours BIGINT, trade_id BIGINT, price BIGINT, quantity BIGINT, is_buy BIGINT)";

    private const string Levels = "(instrument BIGINT, position BIGINT, at_ms BIGINT, is_bid BIGINT, rank BIGINT, price BIGINT, quantity BIGINT)";

    private const string Instruments =
        "(id BIGINT, venue VARCHAR, symbol VARCHAR, price_decimals BIGINT, quantity_decimals BIGINT)";

    /// <summary>When an event was and in which order it came, as one number: the earliest has the smallest.</summary>
    public const string Order = "((at_ms * 1000000 + at_rest)::HUGEINT * 4611686018427387904 + position)";

    /// <summary>Statements that make the tables of a partition that grows.</summary>
    public static IEnumerable<string> Create(string alias) =>
    [
        $"CREATE TABLE {alias}.format AS SELECT {Version}::BIGINT AS version",
        $"CREATE TABLE {alias}.instruments {Instruments}",
        $"CREATE TABLE {alias}.covered (first_position BIGINT, last_position BIGINT)",
        $"CREATE TABLE {alias}.trades {Events}",
        $"CREATE TABLE {alias}.liquidations {Events}",
        $"CREATE TABLE {alias}.levels {Levels}",
    ];

    /// <summary>
    /// Statements that make a partition of one that does not grow any more: sorted, so that it takes a third of the room and a question about one
    /// instrument reads only what is of it, and with its trades added up by the minute besides.
    /// </summary>
    public static IEnumerable<string> Close(string from, string to) =>
    [
        $"CREATE TABLE {to}.format AS SELECT * FROM {from}.format",
        $"CREATE TABLE {to}.instruments AS SELECT * FROM {from}.instruments ORDER BY id",
        $"CREATE TABLE {to}.covered AS SELECT min(first_position) AS first_position, max(last_position) AS last_position FROM {from}.covered",
        $"CREATE TABLE {to}.trades AS SELECT * FROM {from}.trades ORDER BY instrument, position",
        $"CREATE TABLE {to}.liquidations AS SELECT * FROM {from}.liquidations ORDER BY instrument, position",
        $"CREATE TABLE {to}.levels AS SELECT * FROM {from}.levels ORDER BY instrument, at_ms, position, is_bid DESC, rank",
        $"CREATE TABLE {to}.cells AS SELECT * EXCLUDE (bought_quote, sold_quote) FROM ({Cells(to, 60_000)}) ORDER BY instrument, slice, price",
        $"CREATE TABLE {to}.bars AS {MinuteBars(to)} ORDER BY instrument, slice",
    ];

    /// <summary>Trades added up by slice and bucket of prices.</summary>
    /// <param name="alias">The partition.</param>
    /// <param name="milliseconds">How long a slice is.</param>
    /// <param name="tick">How high a bucket is, in units of price.</param>
    /// <param name="where">Of which trades.</param>
    public static string Cells(string alias, long milliseconds, long tick = 1, string where = "true") =>
        $"""
        SELECT instrument, at_ms // {milliseconds} AS slice, {Bucket(tick)} AS price, {Volumes("price::HUGEINT * quantity")}
        FROM {alias}.trades WHERE {where} GROUP BY ALL
        """;

    /// <summary>The four prices of slices, and everything that was traded in them.</summary>
    public static string Bars(string alias, long milliseconds, string where = "true") =>
        Prices(alias, milliseconds, where, $", {Volumes("price::HUGEINT * quantity")}");

    /// <summary>What a closed partition has added up by the minute, joined to longer slices and higher buckets. $4 is a position that all of it is before.</summary>
    /// <param name="alias">The partition.</param>
    /// <param name="minutes">How long a slice is.</param>
    /// <param name="tick">How high a bucket is, in units of price.</param>
    /// <param name="isNarrow">Whether no price × quantity of a minute exceeds 64 bits: then it takes a third of the time.</param>
    public static string JoinedCells(string alias, long minutes, long tick, bool isNarrow)
    {
        var (price, bought, sold) = isNarrow ? ("price", "bought::BIGINT", "sold::BIGINT") : ("price::HUGEINT", "bought", "sold");
        return $"""
            SELECT slice // {minutes} AS slice, {Bucket(tick)} AS price, sum({bought})::HUGEINT AS bought, sum({sold})::HUGEINT AS sold,
                sum({price} * {bought})::HUGEINT AS bought_quote, sum({price} * {sold})::HUGEINT AS sold_quote, sum(buys)::BIGINT AS buys, sum(sells)::BIGINT AS sells
            FROM {alias}.cells WHERE {JoinedWhere(minutes)} GROUP BY ALL
            """;
    }

    /// <summary>Of each instrument of a closed partition whether <see cref="JoinedCells"/> may be narrow.</summary>
    public static string Narrow(string alias) =>
        $"SELECT instrument AS whose, max(high)::HUGEINT * max(greatest(bought, sold)) < 9000000000000000000 AS is_narrow FROM {alias}.bars GROUP BY instrument";

    /// <summary>The same of prices.</summary>
    public static string JoinedBars(string alias, long minutes) => minutes == 1
        ? $"SELECT * FROM {alias}.bars WHERE {JoinedWhere(minutes)}"
        : $"""
        SELECT slice // {minutes} AS slice, min(first_at) AS first_at, max(last_at) AS last_at,
            arg_min(open, first_at) AS open, max(high) AS high, min(low) AS low, arg_max(close, last_at) AS close,
            sum(bought)::HUGEINT AS bought, sum(sold)::HUGEINT AS sold, sum(bought_quote)::HUGEINT AS bought_quote, sum(sold_quote)::HUGEINT AS sold_quote,
            sum(buys)::BIGINT AS buys, sum(sells)::BIGINT AS sells
        FROM {alias}.bars WHERE {JoinedWhere(minutes)} GROUP BY ALL
        """;

    /// <summary>The same as <see cref="Bars"/> of a minute, where the cells are there already: there are far fewer of them than trades.</summary>
    private static string MinuteBars(string alias) =>
        $"""
        SELECT prices.*, bought, sold, bought_quote, sold_quote, buys, sells FROM ({Prices(alias, 60_000, "true")}) AS prices
        JOIN (SELECT instrument, slice, sum(bought)::HUGEINT AS bought, sum(sold)::HUGEINT AS sold, sum(price::HUGEINT * bought)::HUGEINT AS bought_quote,
            sum(price::HUGEINT * sold)::HUGEINT AS sold_quote, sum(buys)::BIGINT AS buys, sum(sells)::BIGINT AS sells FROM {alias}.cells GROUP BY ALL)
        USING (instrument, slice)
        """;

    private static string Prices(string alias, long milliseconds, string where, string beside = "") =>
        $"""
        SELECT instrument, at_ms // {milliseconds} AS slice, min(at_ms * 1000000 + at_rest) AS first_at, max(at_ms * 1000000 + at_rest) AS last_at,
            arg_min(price, {Order}) AS open, max(price) AS high, min(price) AS low, arg_max(price, {Order}) AS close{beside}
        FROM {alias}.trades WHERE {where} GROUP BY ALL
        """;

    private static string Bucket(long tick) => tick == 1 ? "price" : $"price // {tick} * {tick}";

    private static string Volumes(string quote) =>
        $"""
        sum(CASE WHEN is_buy = 1 THEN quantity ELSE 0 END)::HUGEINT AS bought, sum(CASE WHEN is_buy = 1 THEN 0 ELSE quantity END)::HUGEINT AS sold,
            sum(CASE WHEN is_buy = 1 THEN {quote} ELSE 0 END)::HUGEINT AS bought_quote, sum(CASE WHEN is_buy = 1 THEN 0 ELSE {quote} END)::HUGEINT AS sold_quote,
            sum(is_buy)::BIGINT AS buys, sum(1 - is_buy)::BIGINT AS sells
        """;

    private static string JoinedWhere(long minutes) => $"instrument = $1 AND slice >= $2 * {minutes} AND slice < $3 * {minutes} AND $4 IS NOT NULL";
}
