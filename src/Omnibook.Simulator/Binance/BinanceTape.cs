using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Binance;

/// <summary>Trades of the past, which both markets answer alike but for one field of each row.</summary>
internal static class BinanceTape
{
    /// <summary><c>[{"id":28457,"price":"4.00","qty":"12.000","quoteQty":"48.00","time":…,"isBuyerMaker":true,"isBestMatch":true}]</c></summary>
    /// <param name="market">Whose.</param>
    /// <param name="trades">Oldest first.</param>
    /// <param name="quoteDigits">Decimals of the quote quantity.</param>
    /// <param name="flag">The last field of a row.</param>
    public static RestAnswer Write(BinanceMarket market, IEnumerable<MarketTrade> trades, int quoteDigits, (string Name, bool Value) flag) =>
        BinanceLists.Write(trades, (json, trade) =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", trade.Id);
            json.WriteString("price", market.Price(trade.Price));
            json.WriteString("qty", market.Quantity(trade.Quantity));
            json.WriteString("quoteQty", BinanceText.Fixed(market.Value((decimal)trade.Price * trade.Quantity), quoteDigits));
            json.WriteNumber("time", trade.Milliseconds);
            json.WriteBoolean("isBuyerMaker", trade.TakerSide == Side.Ask);
            json.WriteBoolean(flag.Name, flag.Value);
            json.WriteEndObject();
        });

    /// <summary>Aggregates from an id on, or of a time; without either the newest. Oldest first.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="call">The request.</param>
    /// <param name="longest">How long a time may be asked for, in milliseconds, with its error; null for any.</param>
    /// <param name="write">Writes the fields of a row.</param>
    public static RestAnswer Aggregates(
        BinanceVenue venue, RestCall call, (long Milliseconds, RestAnswer Refusal)? longest, Action<Utf8JsonWriter, BinanceMarket, AggregateTrade> write)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        var limit = query.Limit(500, 1000);
        var (fromId, start, end) = (query.Number("fromId"), query.Number("startTime"), query.Number("endTime"));
        if (fromId is not null && (start is not null || end is not null))
        {
            query.Refuse(BinanceErrors.Bad(-1128, "Combination of optional parameters invalid."));
        }

        if (longest is { } most && end - start >= most.Milliseconds)
        {
            query.Refuse(most.Refusal);
        }

        return !query.TryGetMarket(out var market) || query.Problem is not null
            ? query.Problem!
            : BinanceLists.Write(Select(market.Aggregates.Closed, fromId, start, end, limit), (json, aggregate) =>
            {
                json.WriteStartObject();
                write(json, market, aggregate);
                json.WriteEndObject();
            });
    }

    private static IEnumerable<AggregateTrade> Select(
        TradeLedger<AggregateTrade> closed, long? fromId, long? start, long? end, int limit)
    {
        if (fromId is { } id)
        {
            return closed.From(id, limit);
        }

        var inside = closed.Newest(int.MaxValue).Where(aggregate =>
            aggregate.First.Milliseconds >= (start ?? 0) && aggregate.First.Milliseconds <= (end ?? long.MaxValue));
        return start is null ? inside.TakeLast(limit) : inside.Take(limit);
    }
}
