using System.Text.Json;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Markets;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Lighter;

/// <summary>The endpoints that show resting orders and trades. Orders carry no nonce, so they cannot seed the socket's book.</summary>
internal sealed class LighterBookEndpoints(LighterVenue venue)
{
    private const int MostOrders = 250;
    private const int MostTrades = 100;
    private const long FirstAskOrder = 281_476_929_689_557;
    private const long FirstBidOrder = 562_947_905_454_831;
    private const long OrderLifeMilliseconds = 28L * 24 * 3_600_000;
    private const ulong Owners = 720_000;

    /// <summary>
    /// <c>{"code":200,"total_asks":1,"asks":[{"order_index":…,"order_id":"…","owner_account_index":…,"initial_base_amount":"0.0317","remaining_base_amount":"0.0317","price":"2361.32","order_expiry":…,"transaction_time":0}],"total_bids":1,"bids":[…]}</c>
    /// </summary>
    public RestAnswer Orders(RestCall call)
    {
        var query = new LighterQuery(venue, call);
        var isFound = query.TryGetMarket(out var market);
        var limit = query.Limit(MostOrders);
        return !isFound || query.Problem is not null
            ? query.Problem!
            : SnapshotFaults.Apply(venue.Faults, market!.Symbol, lag => Write(market, limit, lag));
    }

    /// <summary><c>{"code":200,"next_cursor":"…","trades":[{…}]}</c>; the order is not promised, and without trades there is null.</summary>
    public RestAnswer RecentTrades(RestCall call)
    {
        var query = new LighterQuery(venue, call);
        var isFound = query.TryGetMarket(out var market);
        var limit = query.Limit(MostTrades);
        return !isFound || query.Problem is not null ? query.Problem! : LighterRest.Write(json =>
        {
            // Newest first, but for the first one, which comes last: clients have to sort.
            var trades = market!.Market.Trades.Newest(limit).Reverse().ToList();
            if (trades.Count == 0)
            {
                json.WriteNull("trades");
                return;
            }

            json.WriteStartArray("trades");
            foreach (var trade in trades.Skip(1).Append(trades[0]))
            {
                LighterTradeFrames.Trade(json, market, trade);
            }

            json.WriteEndArray();
        });
    }

    private RestAnswer Write(LighterMarket market, int limit, long lag)
    {
        var past = lag == 0 ? null : market.Market.Oracle.AsOf(market.Market.Book, venue.Schedule.Milliseconds - lag);
        var book = market.Market.Book;
        return LighterRest.Write(json =>
        {
            WriteSide(json, market, "asks", [.. (past is null ? OrdersOf(book.Asks) : LevelsOf(past.Asks)).Take(limit)], FirstAskOrder);
            WriteSide(json, market, "bids", [.. (past is null ? OrdersOf(book.Bids) : LevelsOf(past.Bids)).Take(limit)], FirstBidOrder);
        });
    }

    private void WriteSide(Utf8JsonWriter json, LighterMarket market, string name, List<(long Id, long Price, long Remaining)> orders, long firstId)
    {
        json.WriteNumber("total_" + name, orders.Count);
        json.WriteStartArray(name);
        foreach (var (id, price, remaining) in orders)
        {
            var bits = SeededRandom.Mix(market.Seed, (ulong)id);
            json.WriteStartObject();
            json.WriteNumber("order_index", firstId + id);
            json.WriteString("order_id", LighterText.Text(firstId + id));
            json.WriteNumber("owner_account_index", (long)(bits % Owners));
            json.WriteString("initial_base_amount", market.Size(remaining + (bits % 4 == 0 ? market.Market.Rules.TypicalQuantity : 0)));
            json.WriteString("remaining_base_amount", market.Size(remaining));
            json.WriteString("price", market.Price(price));
            json.WriteNumber("order_expiry", venue.Schedule.Milliseconds + OrderLifeMilliseconds);
            json.WriteNumber("transaction_time", 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<(long Id, long Price, long Remaining)> OrdersOf(BookSide side)
    {
        for (var rank = 0; rank < side.Count; rank++)
        {
            foreach (var order in side[rank].Queue)
            {
                yield return (order.Id, side[rank].Price, order.Remaining);
            }
        }
    }

    /// <summary>A book of the past knows its levels, not their orders: each level is one.</summary>
    private static IEnumerable<(long Id, long Price, long Remaining)> LevelsOf(IReadOnlyList<TrueLevel> levels) =>
        levels.Select(static level => (level.Price, level.Price, level.Quantity));
}
