using Omnibook.Core.Instruments;

namespace Omnibook.Simulator.Bybit;

/// <summary>The fields of a ticker, the same on the socket and in REST; all values are texts, empty where they do not apply.</summary>
internal static class BybitTicker
{
    private static readonly Scale RateScale = new(8);

    /// <summary>All fields of a moment, in the venue's order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(BybitMarket market, long now)
    {
        var (day, hourAgo) = market.DayAt(now);
        var last = market.Market.LastPrice;
        var mark = market.Market.FairMicrosAt(now);
        var (bid, ask) = (market.Best(Side.Bid), market.Best(Side.Ask));
        return
        [
            new("tickDirection", market.TickDirection),
            new("price24hPcnt", BybitText.Fixed((decimal)(last - day.Open) / day.Open, 6)),
            new("lastPrice", market.Price(last)),
            new("prevPrice24h", market.Price(day.Open)),
            new("highPrice24h", market.Price(Math.Max(day.High, last))),
            new("lowPrice24h", market.Price(Math.Min(day.Low, last))),
            new("prevPrice1h", market.Price(hourAgo)),
            new("markPrice", market.PriceOfMicros(mark)),
            new("indexPrice", market.PriceOfMicros(market.Market.IndexMicrosAt(now))),
            .. Interest(market, mark, now),
            new("turnover24h", BybitText.Fixed(market.Value(day.Quote), 4)),
            new("volume24h", market.Quantity(day.Volume)),
            .. Funding(market, now),
            new("bid1Price", bid.Quantity == 0 ? "" : market.Price(bid.Price)),
            new("bid1Size", bid.Quantity == 0 ? "" : market.Quantity(bid.Quantity)),
            new("ask1Price", ask.Quantity == 0 ? "" : market.Price(ask.Price)),
            new("ask1Size", ask.Quantity == 0 ? "" : market.Quantity(ask.Quantity)),
            new("preOpenPrice", ""),
            new("preQty", ""),
            new("curPreListingPhase", ""),
        ];
    }

    /// <summary>Open interest counts both sides, the single one (since 2026-06-11) one of them.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Interest(BybitMarket market, long mark, long now)
    {
        var interest = market.OpenInterestAt(now);
        var value = market.Market.Rules.QuantityScale.ToDecimal(interest) * BybitText.Dollars(mark);
        return
        [
            new("openInterest", market.Quantity(interest)),
            new("openInterestValue", BybitText.Fixed(value, 2)),
            new("singleOpenInterest", market.Quantity(interest / 2)),
            new("singleOpenInterestValue", BybitText.Fixed(value / 2, 2)),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> Funding(BybitMarket market, long now)
    {
        var next = BybitMarket.NextFunding(now);
        return
        [
            new("fundingIntervalHour", "8"),
            new("fundingCap", "0.005"),
            new("nextFundingTime", BybitText.Text(next)),
            new("fundingRate", RateScale.Format(market.FundingRateAt(next))),
        ];
    }
}
