using System.Globalization;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceSpot;

/// <summary>The endpoints that show books.</summary>
internal sealed class SpotBookEndpoints(SpotVenue venue)
{
    private const int UsualLimit = 100;
    private const int MostLevels = 5000;

    /// <summary>5, 25, 50 or 250 by limit.</summary>
    public static int DepthWeight(RestCall call) => LimitOf(call) switch
    {
        <= 100 => 5,
        <= 500 => 25,
        <= 1000 => 50,
        _ => 250,
    };

    /// <summary><c>{"lastUpdateId":1027024,"bids":[["4.00000000","431.00000000"]],"asks":[["4.00000200","12.00000000"]]}</c>: no times.</summary>
    public RestAnswer Depth(RestCall call)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        var limit = query.Limit(UsualLimit, MostLevels);
        return !query.TryGetMarket(out var market) || query.Problem is not null
            ? query.Problem!
            : SnapshotFaults.Apply(venue.Faults, market.Name, lag => Snapshot(market, limit, lag));
    }

    /// <summary><c>{"symbol":"LTCBTC","bidPrice":"4.00000000","bidQty":"431.00000000","askPrice":"4.00000200","askQty":"9.00000000"}</c></summary>
    public RestAnswer BookTicker(RestCall call)
    {
        var query = new BinanceQuery<BinanceMarket>(venue.Symbols, call);
        var markets = query.Markets();
        return query.Problem ?? BinanceLists.Write(call, markets, static (json, market) =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", market.Name);
            json.WriteString("bidPrice", market.Price(market.Best(Side.Bid).Price));
            json.WriteString("bidQty", market.Quantity(market.Best(Side.Bid).Quantity));
            json.WriteString("askPrice", market.Price(market.Best(Side.Ask).Price));
            json.WriteString("askQty", market.Quantity(market.Best(Side.Ask).Quantity));
            json.WriteEndObject();
        });
    }

    private static long LimitOf(RestCall call) =>
        call.Query.TryGetValue("limit", out var text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : UsualLimit;

    private RestAnswer Snapshot(BinanceMarket market, int limit, long lag)
    {
        var book = market.Market.Oracle.AsOf(market.Market.Book, venue.Schedule.Milliseconds - lag);
        return BinanceRest.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("lastUpdateId", book.Sequence);
            BinanceText.WriteLevels(json, "bids", market, book.Bids.Take(limit));
            BinanceText.WriteLevels(json, "asks", market, book.Asks.Take(limit));
            json.WriteEndObject();
        });
    }
}
