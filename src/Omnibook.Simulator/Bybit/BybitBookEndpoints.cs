using System.Text.Json;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Bybit;

/// <summary>The endpoints that show books, trades and tickers.</summary>
internal sealed class BybitBookEndpoints(BybitVenue venue)
{
    private long Now => venue.Schedule.Milliseconds;

    /// <summary><c>{"s":"BTCUSDT","b":[["62710.2","5.52"]],"a":[…],"ts":…,"u":243781,"seq":3887177875,"cts":…}</c>; <c>u</c> is that of the 1000-level stream.</summary>
    public RestAnswer Book(RestCall call)
    {
        var query = new BybitQuery(venue, call);
        var limit = query.Limit(25, 1000);
        if (!query.TryGetMarket(out var market) || query.Problem is not null)
        {
            return query.Problem!;
        }

        return market.Market.IsHalted
            ? BybitErrors.Parameter("Symbol Invalid", Now)
            : SnapshotFaults.Apply(venue.Faults, market.Name, lag => Snapshot(market, limit, lag));
    }

    /// <summary><c>{"category":"linear","list":[{"execId":"…","symbol":"BTCUSDT","price":"16618.49","size":"0.00012","side":"Buy","time":"…","isBlockTrade":false,"isRPITrade":false,"seq":"…"}]}</c>, newest first.</summary>
    public RestAnswer Trades(RestCall call)
    {
        var query = new BybitQuery(venue, call);
        var limit = query.Limit(500, 1000);
        return !query.TryGetMarket(out var market) || query.Problem is not null ? query.Problem! : BybitRest.Write(Now, json =>
        {
            json.WriteString("category", "linear");
            json.WriteStartArray("list");
            foreach (var trade in market.Trades.Newest(limit).Reverse())
            {
                WriteTrade(json, market, trade);
            }

            json.WriteEndArray();
        });
    }

    /// <summary>The fields of the socket's ticker, of one symbol or of all.</summary>
    public RestAnswer Tickers(RestCall call)
    {
        var query = new BybitQuery(venue, call);
        var markets = query.Markets();
        return query.Problem ?? BybitRest.Write(Now, json =>
        {
            json.WriteString("category", "linear");
            json.WriteStartArray("list");
            foreach (var market in markets.Where(static market => !market.Market.IsHalted))
            {
                json.WriteStartObject();
                json.WriteString("symbol", market.Name);
                foreach (var (name, value) in BybitTicker.Fields(market, Now).Where(static field => field.Key != "tickDirection"))
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private RestAnswer Snapshot(BybitMarket market, int limit, long lag)
    {
        var oracle = market.Market.Oracle;
        var wanted = lag == 0 ? oracle.LastSequence : oracle.AsOf(market.Market.Book, Now - lag).Sequence;
        var (update, sequence) = market.DepthOf(1000).AsOf(wanted);
        // The stream's last message is at most 200 ms old, so its book is remembered; what is older is the oldest that is.
        var book = oracle.At(market.Market.Book, sequence) ?? oracle.At(market.Market.Book, oracle.OldestSequence)!;
        return BybitRest.Write(Now, json =>
        {
            json.WriteString("s", market.Name);
            BybitText.WriteLevels(json, "b", market, book.Bids.Take(limit));
            BybitText.WriteLevels(json, "a", market, book.Asks.Take(limit));
            json.WriteNumber("ts", Now - lag);
            json.WriteNumber("u", update);
            json.WriteNumber("seq", book.Sequence);
            json.WriteNumber("cts", Math.Min(Now - lag, market.DepthOf(1000).Milliseconds));
        });
    }

    private static void WriteTrade(Utf8JsonWriter json, BybitMarket market, in BybitTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("execId", market.TradeId(trade.Trade.Id));
        json.WriteString("symbol", market.Name);
        json.WriteString("price", market.Price(trade.Trade.Price));
        json.WriteString("size", market.Quantity(trade.Trade.Quantity));
        json.WriteString("side", BybitFrames.SideOf(trade.Trade.TakerSide));
        json.WriteString("time", BybitText.Text(trade.Trade.Milliseconds));
        json.WriteBoolean("isBlockTrade", false);
        json.WriteBoolean("isRPITrade", false);
        json.WriteString("seq", BybitText.Text(trade.Sequence));
        json.WriteEndObject();
    }
}
