using System.Globalization;
using System.Text;

namespace Omnibook.History.Database.Export;

/// <summary>
/// The statement that reads what is exported out of all partitions. Amounts become decimal numbers, exact: units × 10^-decimals, with as many
/// decimals as the finest of the instruments has. Nothing that a client wrote is in it: instruments are named by their numbers.
/// </summary>
/// <param name="request">What is exported.</param>
/// <param name="partitions">Out of what.</param>
internal sealed class ExportSql(ExportRequest request, HistoryPartition[] partitions)
{
    /// <summary>The digits of a number that every reader of Parquet takes: it fits 64 bits.</summary>
    private const int FewDigits = 18;
    private const int ManyDigits = 38;

    private readonly List<(HistoryPartition Partition, List<IndexedInstrument> Instruments)> _arms =
        [.. partitions.Select(partition => (partition, Wanted(request, partition))).Where(arm => arm.Item2.Count > 0)];

    /// <summary>The table that it is in.</summary>
    private string Table => request.Kind switch
    {
        ExportKind.Liquidations => "liquidations",
        ExportKind.Books => "levels",
        _ => "trades",
    };

    private int PriceDecimals => _arms.SelectMany(arm => arm.Instruments).Select(instrument => instrument.PriceScale.Decimals).DefaultIfEmpty().Max();

    private int QuantityDecimals => _arms.SelectMany(arm => arm.Instruments).Select(instrument => instrument.QuantityScale.Decimals).DefaultIfEmpty().Max();

    /// <summary>Counts the rows, and finds the largest price and quantity in units of the finest scale.</summary>
    /// <remarks><c>rows, price, quantity</c></remarks>
    public string Measure() => Over(
        "SELECT count(*)::BIGINT, coalesce(max(price), 0)::HUGEINT, coalesce(max(quantity), 0)::HUGEINT FROM (", arm =>
            $"SELECT price::HUGEINT * price_units AS price, quantity::HUGEINT * quantity_units AS quantity FROM {arm}", ")");

    /// <summary>Reads everything.</summary>
    /// <param name="largestPrice">In units of the finest scale.</param>
    /// <param name="largestQuantity">In units of the finest scale.</param>
    public string Read(Int128 largestPrice, Int128 largestQuantity)
    {
        var price = $"(price::DECIMAL(19, 0) * price_step)::{TypeOf(largestPrice, PriceDecimals)} AS price";
        var quantity = $"(quantity::DECIMAL(19, 0) * quantity_step)::{TypeOf(largestQuantity, QuantityDecimals)} AS quantity";
        return request.Kind switch
        {
            ExportKind.Trades => Over("", arm => $"SELECT {Head}, {Received}, position, trade_id, {price}, {quantity}, {Side("is_buy", "buy", "sell")} AS taker_side FROM {arm}", ""),
            ExportKind.Liquidations => Over("", arm => $"SELECT {Head}, {Received}, position, {price}, {quantity}, {Side("is_buy", "buy", "sell")} AS order_side FROM {arm}", ""),
            ExportKind.Books => Over(
                "", arm => $"SELECT venue, symbol, make_timestamp(at_ms * 1000) AS minute, {Side("is_bid", "bid", "ask")} AS side, rank + 1 AS level, {price}, {quantity} FROM {arm}", ""),
            _ => Candles(price, TypeOf(Int128.MaxValue, QuantityDecimals)),
        };
    }

    private const string Head = "venue, symbol, make_timestamp((at_ms * 1000000 + at_rest) // 1000) AS event_time, at_ms * 1000000 + at_rest AS event_time_ns";

    private const string Received = "make_timestamp((at_ms + received_after) * 1000) AS received_at";

    private static List<IndexedInstrument> Wanted(ExportRequest request, HistoryPartition partition) =>
        [.. partition.Index.Instruments.Where(request.Wants)];

    private static string Side(string column, string one, string other) => $"CASE {column} WHEN 1 THEN '{one}' ELSE '{other}' END";

    private static string TypeOf(Int128 largest, int decimals)
    {
        var digits = largest < 1_000_000_000_000_000_000 && decimals < FewDigits ? FewDigits : ManyDigits;
        return string.Create(CultureInfo.InvariantCulture, $"DECIMAL({digits}, {decimals})");
    }

    private static string Step(int decimals, int finest) =>
        string.Create(CultureInfo.InvariantCulture, $"'{(decimals == 0 ? "1" : "0." + new string('0', decimals - 1) + "1")}'::DECIMAL({finest + 1}, {finest})");

    private string Candles(string price, string sum) => Over(
        $"""
        SELECT venue, symbol, make_timestamp(slice * {Milliseconds} * 1000) AS start,
            arg_min(price, key) AS open, max(price) AS high, min(price) AS low, arg_max(price, key) AS close,
            sum(bought)::{sum} AS bought, sum(sold)::{sum} AS sold, sum(is_buy)::BIGINT AS buys, sum(1 - is_buy)::BIGINT AS sells
        FROM (
        """,
        arm => $"""
            SELECT venue, symbol, at_ms // {Milliseconds} AS slice, {PartitionSchema.Order} AS key, {price}, is_buy,
                (CASE is_buy WHEN 1 THEN quantity ELSE 0 END)::DECIMAL(19, 0) * quantity_step AS bought,
                (CASE is_buy WHEN 1 THEN 0 ELSE quantity END)::DECIMAL(19, 0) * quantity_step AS sold
            FROM {arm}
            """,
        ") GROUP BY venue, symbol, slice ORDER BY venue, symbol, slice");

    private string Milliseconds => ((long)request.Interval.Length.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Puts what is read of each partition one under the other.</summary>
    private string Over(string before, Func<string, string> read, string after)
    {
        var sql = new StringBuilder(before);
        var between = "";
        foreach (var (partition, instruments) in _arms)
        {
            sql.Append(between).Append(read(Arm(partition, instruments))).Append('\n');
            between = "UNION ALL\n";
        }

        if (_arms.Count == 0)
        {
            throw new HistoryException(HistoryTrouble.Nothing, "There is nothing in the history of what was asked for.");
        }

        return sql.Append(after).ToString();
    }

    /// <summary>The rows of a partition beside the instrument's names and the steps of its amounts.</summary>
    private string Arm(HistoryPartition partition, List<IndexedInstrument> instruments)
    {
        var (priceDecimals, quantityDecimals) = (PriceDecimals, QuantityDecimals);
        var steps = string.Join(", ", instruments.Select(instrument => string.Create(
            CultureInfo.InvariantCulture,
            $"({instrument.Id}, {Step(instrument.PriceScale.Decimals, priceDecimals)}, {Step(instrument.QuantityScale.Decimals, quantityDecimals)}, {Power(priceDecimals - instrument.PriceScale.Decimals)}::HUGEINT, {Power(quantityDecimals - instrument.QuantityScale.Decimals)}::HUGEINT)")));
        return $"""
            {partition.Alias}.{Table}
                JOIN (VALUES {steps}) AS steps(id, price_step, quantity_step, price_units, quantity_units) ON instrument = steps.id
                JOIN {partition.Alias}.instruments AS named ON named.id = steps.id
            WHERE {Time}
            """;
    }

    private string Time => request.Kind == ExportKind.Books
        ? string.Create(CultureInfo.InvariantCulture, $"at_ms >= {Ceiling(request.Range.From.Nanoseconds)} AND at_ms < {Ceiling(request.Range.To.Nanoseconds)}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"at_ms >= {request.Range.From.Nanoseconds / 1_000_000} AND at_ms * 1000000 + at_rest >= {request.Range.From.Nanoseconds} AND at_ms * 1000000 + at_rest < {request.Range.To.Nanoseconds}");

    private static long Ceiling(long nanoseconds) => nanoseconds / 1_000_000 + (nanoseconds % 1_000_000 == 0 ? 0 : 1);

    private static long Power(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
