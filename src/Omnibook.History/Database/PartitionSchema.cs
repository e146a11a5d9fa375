namespace Omnibook.History.Database;

/// <summary>
/// The tables of one partition. All numbers are integers of 64 bits, which DuckDB keeps in as many bits as they need; amounts are in units of the
/// instrument's scales, moments in milliseconds and the nanoseconds beyond, since most venues tell no more than milliseconds.
/// </summary>
internal static class PartitionSchema
{
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
        $"CREATE TABLE {to}.instruments AS SELECT * FROM {from}.instruments ORDER BY id",
        $"CREATE TABLE {to}.covered AS SELECT min(first_position) AS first_position, max(last_position) AS last_position FROM {from}.covered",
        $"CREATE TABLE {to}.trades AS SELECT * FROM {from}.trades ORDER BY instrument, position",
        $"CREATE TABLE {to}.liquidations AS SELECT * FROM {from}.liquidations ORDER BY instrument, position",
        $"CREATE TABLE {to}.levels AS SELECT * FROM {from}.levels ORDER BY instrument, at_ms, position, is_bid DESC, rank",
        $"CREATE TABLE {to}.cells AS {Cells(from, 60_000)} ORDER BY instrument, slice, price",
        $"CREATE TABLE {to}.bars AS {Bars(from, 60_000)} ORDER BY instrument, slice",
    ];

    /// <summary>Trades added up by slice and price.</summary>
    public static string Cells(string alias, long milliseconds, string where = "true") =>
        $"""
        SELECT instrument, at_ms // {milliseconds} AS slice, price,
            sum(CASE WHEN is_buy = 1 THEN quantity ELSE 0 END)::HUGEINT AS bought, sum(CASE WHEN is_buy = 1 THEN 0 ELSE quantity END)::HUGEINT AS sold,
            sum(is_buy)::BIGINT AS buys, sum(1 - is_buy)::BIGINT AS sells
        FROM {alias}.trades WHERE {where} GROUP BY ALL
        """;

    /// <summary>The four prices of slices.</summary>
    public static string Bars(string alias, long milliseconds, string where = "true") =>
        $"""
        SELECT instrument, at_ms // {milliseconds} AS slice, min(at_ms * 1000000 + at_rest) AS first_at, max(at_ms * 1000000 + at_rest) AS last_at,
            arg_min(price, {Order}) AS open, max(price) AS high, min(price) AS low, arg_max(price, {Order}) AS close
        FROM {alias}.trades WHERE {where} GROUP BY ALL
        """;
}
