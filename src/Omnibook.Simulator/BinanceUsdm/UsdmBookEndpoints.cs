using Omnibook.Core.Instruments;
using Omnibook.Simulator.Binance;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.BinanceUsdm;

/// <summary>The endpoints that show books.</summary>
internal sealed class UsdmBookEndpoints(UsdmVenue venue)
{
    private const int UsualLimit = 500;

    private static readonly Dictionary<int, int> WeightOfLimit = new()
    {
        [5] = 2,
        [10] = 2,
        [20] = 2,
        [50] = 2,
        [100] = 5,
        [500] = 10,
        [1000] = 20,
    };

    /// <summary>2, 5, 10 or 20 by limit.</summary>
    public static int DepthWeight(RestCall call) =>
        !call.Query.TryGetValue("limit", out var text) ? WeightOfLimit[UsualLimit]
        : int.TryParse(text, out var limit) ? WeightOfLimit.GetValueOrDefault(limit, 1)
        : 1;

    /// <summary><c>{"lastUpdateId":1027024,"E":…,"T":…,"bids":[["4.00","431.000"]],"asks":[…]}</c></summary>
    public RestAnswer Depth(RestCall call)
    {
        var query = new BinanceQuery<UsdmMarket>(venue.Contracts, call);
        var limit = query.Number("limit") ?? UsualLimit;
        if (query.TryGetMarket(out var market) && !WeightOfLimit.ContainsKey((int)Math.Clamp(limit, 0, 5000)))
        {
            query.Refuse(BinanceErrors.Invalid("limit"));
        }

        if (query.Problem is { } problem)
        {
            return problem;
        }

        return market!.Market.IsHalted
            ? BinanceErrors.Bad(-4108, "Symbol is on delivering or delivered or settling or closed or pre-trading.")
            : SnapshotFaults.Apply(venue.Faults, market.Name, lag => Snapshot(market, (int)limit, lag));
    }

    /// <summary><c>{"lastUpdateId":…,"symbol":"BTCUSDT","bidPrice":"4.00","bidQty":"431.000","askPrice":"4.10","askQty":"9.000","time":…}</c></summary>
    public RestAnswer BookTicker(RestCall call)
    {
        var query = new BinanceQuery<UsdmMarket>(venue.Contracts, call);
        var markets = query.Markets();
        return query.Problem ?? BinanceLists.Write(call, markets, (json, market) =>
        {
            json.WriteStartObject();
            json.WriteNumber("lastUpdateId", market.Market.Oracle.LastSequence);
            json.WriteString("symbol", market.Name);
            json.WriteString("bidPrice", market.Price(market.Best(Side.Bid).Price));
            json.WriteString("bidQty", market.Quantity(market.Best(Side.Bid).Quantity));
            json.WriteString("askPrice", market.Price(market.Best(Side.Ask).Price));
            json.WriteString("askQty", market.Quantity(market.Best(Side.Ask).Quantity));
            json.WriteNumber("time", market.Market.Oracle.LastMilliseconds);
            json.WriteEndObject();
        });
    }

    private RestAnswer Snapshot(UsdmMarket market, int limit, long lag)
    {
        var now = venue.Schedule.Milliseconds;
        var book = market.Market.Oracle.AsOf(market.Market.Book, now - lag);
        return BinanceRest.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("lastUpdateId", book.Sequence);
            json.WriteNumber("E", now);
            json.WriteNumber("T", Math.Min(now - lag, market.Market.Oracle.LastMilliseconds));
            BinanceText.WriteLevels(json, "bids", market, book.Bids.Take(limit));
            BinanceText.WriteLevels(json, "asks", market, book.Asks.Take(limit));
            json.WriteEndObject();
        });
    }
}
