using System.Text;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Tests.Venues.Hyperliquid;

/// <summary>Samples of JKorf and Nautilus of the requests about the market, field by field.</summary>
public sealed class DataSampleTests
{
    [Fact]
    public void JKorf_candles() => Assert.Equal(
        [
            new Candle(At(1737331200000), 20.184m, 22.755m, 19.3m, 20.547m, 10651612.71m, QuoteVolume: null, 278401),
            new Candle(At(1737417600000), 20.552m, 21.917m, 20.027m, 21.738m, 1736000.02m, QuoteVolume: null, 49556),
        ],
        InfoAnswers.Candles(Jkorf("Spot__ExchangeData__GetKlines")));

    [Fact]
    public void JKorf_fundings() => Assert.Equal(
        [new FundingPoint(At(1683849600076), -0.00022196m, TimeSpan.FromHours(1))], InfoAnswers.FundingHistory(Jkorf("Futures__ExchangeData__GetFundingRateHistory")));

    [Fact]
    public void JKorf_figures() => Assert.Equal(
        [
            new InfoContext("BTC", 14.3161m, 14.32m, 15.322m, null, 1169046.29406m, 688.11m, 0.0000125m),
            new InfoContext("ETH", 6.0436m, 6.0457m, 6.3611m, null, 1426126.295175m, 1882.55m, 0.0000125m),
            new InfoContext("HPOS", 8.4542m, 8.4585m, 8.8097m, null, 809774.565507m, 2912.05m, 0.0000125m),
        ],
        InfoAnswers.Contexts(Jkorf("Futures__ExchangeData__GetExchangeInfoAndTickers")));

    [Fact]
    public void Nautilus_fundings() => Assert.Equal(
        [(1769908800000, 0.0000125m), (1769912400000, -0.0000081m), (1769916000000, 0.0000033m)],
        InfoAnswers.FundingHistory(Nautilus("http_funding_history")).Select(point => (point.At.UnixMilliseconds, point.Rate)));

    [Fact]
    public void Nautilus_trades_in_the_order_of_the_market() => Assert.Equal(
        [
            new PastTrade(300001, 104300m, 0.005m, TakerSide.Sell, At(1769916000000)),
            new PastTrade(300002, 104310.5m, 0.02m, TakerSide.Buy, At(1769916001000)),
            new PastTrade(300003, 104320m, 0.015m, TakerSide.Sell, At(1769916002000)),
        ],
        InfoAnswers.Trades(Nautilus("http_recent_trades_btc")));

    [Fact]
    public void What_comes_next_leaves_out_venues_without_the_coin() => Assert.Equal(
        [new InfoPrediction("BTC", "BinPerp", 0.0001m, At(1754452800000), TimeSpan.FromHours(8)), new InfoPrediction("BTC", "HlPerp", 0.0000125m, At(1754449200000), null)],
        InfoAnswers.PredictedFundings("""
            [["BTC",[["BinPerp",{"fundingRate":"0.0001","nextFundingTime":1754452800000,"fundingIntervalHours":8}],["HlPerp",{"fundingRate":"0.0000125","nextFundingTime":1754449200000}],["BybitPerp",null]]]]
            """u8.ToArray()));

    private static Timestamp At(long milliseconds) => Timestamp.FromMilliseconds(milliseconds);

    private static byte[] Nautilus(string name) => Encoding.UTF8.GetBytes(SharedCaptures.Read($"hyperliquid/nautilus/{name}.json"));

    private static byte[] Jkorf(string name)
    {
        var text = SharedCaptures.Read($"hyperliquid/jkorf/Endpoints__{name}.txt");
        return Encoding.UTF8.GetBytes(text[text.IndexOf('[', StringComparison.Ordinal)..]);
    }
}
