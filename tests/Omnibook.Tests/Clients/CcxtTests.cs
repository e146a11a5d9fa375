using System.Globalization;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.BinanceUsdm;
using Omnibook.Simulator.Bybit;
using Omnibook.Simulator.Markets;

namespace Omnibook.Tests.Clients;

/// <summary>
/// A second opinion on the simulators: ccxt's classes, written by others against the real venues, see the simulator's true book and trades.
/// </summary>
public sealed class CcxtTests(NodeClients clients) : IClassFixture<NodeClients>
{
    private const decimal HighestRate = 0.01m;

    /// <summary>
    /// The venue, its market, the name of the book that the client follows, how many levels of it are shown, and what the client calls the
    /// side of a taker who bought: of Coinbase it passes on the maker's.
    /// </summary>
    public static TheoryData<string, string, string, int, string> Venues => new()
    {
        { "binance-spot", "BTCUSDT", "BTCUSDT", int.MaxValue, "buy" },
        { "binance-usdm", "BTCUSDT", "BTCUSDT", int.MaxValue, "buy" },
        { "coinbase", "BTC-USD", "BTC-USD", int.MaxValue, "sell" },
        { "bybit", "BTCUSDT", "orderbook.50.BTCUSDT", 50, "buy" },
        { "hyperliquid", "BTC", "BTC", 20, "buy" },
        { "lighter", "BTC", "BTC", int.MaxValue, "buy" },
    };

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Ccxt_sees_the_true_books_trades_candles_and_rates(string venue, string symbol, string book, int levels, string bought)
    {
        var seen = await clients.WatchAsync(venue);
        var market = clients.Simulator.Find(venue).Markets[symbol];

        Assert.Equal(market.Rules.PriceScale.ToDecimal(market.Rules.Tick), seen.Tick);
        Assert.True(seen.Books.Length >= 10 && seen.Trades.Length >= 5);
        Assert.All(seen.Books, shown => AssertTrue(venue, book, levels, shown));
        Assert.All(seen.Trades, shown => AssertTrue(venue, symbol, market.Rules, bought, shown));
        AssertCandles(market, seen.Ohlcv);
        AssertPrice(market, seen.Last);
        Assert.Equal(venue is "binance-spot" or "coinbase", seen.Funding is null);
        AssertFunding(venue, symbol, seen.Funding);
    }

    /// <summary>Binance's rate stands for eight hours; the others move with the market.</summary>
    private void AssertFunding(string venue, string symbol, decimal? shown)
    {
        if (clients.Simulator.Find(venue) is UsdmVenue usdm)
        {
            var rate = usdm.Contracts[symbol].FundingRateAt(UsdmMarket.NextFunding(usdm.Schedule.Milliseconds));
            Assert.Equal(new Scale(8).ToDecimal(rate), shown);
        }
        else if (shown is { } moving)
        {
            Assert.InRange(Math.Abs(moving), 0.000_000_1m, HighestRate);
        }
    }

    private void AssertTrue(string venue, string name, int levels, ClientBook shown)
    {
        Assert.True(clients.Simulator.TryGetTrueBook(venue, name, shown.Number, out var truth), $"The simulator knows no book {shown.Number} of {name}.");
        Assert.Equal(Sides(truth.Bids, levels, truth), Sides(shown.Bids));
        Assert.Equal(Sides(truth.Asks, levels, truth), Sides(shown.Asks));
    }

    private void AssertTrue(string venue, string symbol, MarketRules rules, string bought, ClientTrade shown)
    {
        var trade = Assert.Single(clients.Simulator.Trades(venue, symbol), trade => IdOf(venue, symbol, trade) == shown.Id);
        var isBought = (trade.TakerSide == Side.Bid) == (shown.Side == bought);
        Assert.Equal(
            (rules.PriceScale.ToDecimal(trade.Price), rules.QuantityScale.ToDecimal(trade.Quantity), trade.Milliseconds, true),
            (shown.Price, shown.Amount, shown.Timestamp, isBought));
    }

    /// <summary>The last one is still growing, so it is left out.</summary>
    private static void AssertCandles(SimulatedMarket market, decimal[][] shown)
    {
        var (prices, quantities) = (market.Rules.PriceScale, market.Rules.QuantityScale);
        var minutes = market.Candles.Between(CandleInterval.Find("1m")!, (long)shown[0][0], (long)shown[^1][0])
            .ToDictionary(static candle => candle.OpenTime);
        Assert.True(shown.Length >= 15);
        Assert.All(shown.SkipLast(1), row =>
        {
            var candle = minutes[(long)row[0]];
            Assert.Equal(
                [prices.ToDecimal(candle.Open), prices.ToDecimal(candle.High), prices.ToDecimal(candle.Low), prices.ToDecimal(candle.Close), quantities.ToDecimal(candle.Volume)],
                row[1..6]);
        });
    }

    private static void AssertPrice(SimulatedMarket market, decimal shown)
    {
        var day = market.Candles.Day(market.Candles.Running.OpenTime);
        Assert.InRange(shown, market.Rules.PriceScale.ToDecimal(day.Low), market.Rules.PriceScale.ToDecimal(day.High));
    }

    private static IEnumerable<(decimal Price, decimal Amount)> Sides(IReadOnlyList<TrueLevel> side, int levels, TrueBook book) =>
        side.Take(levels).Select(level => (book.PriceScale.ToDecimal(level.Price), book.QuantityScale.ToDecimal(level.Quantity)));

    private static IEnumerable<(decimal Price, decimal Amount)> Sides(decimal[][] side) => side.Select(static level => (level[0], level[1]));

    private string IdOf(string venue, string symbol, MarketTrade trade)
    {
        var simulated = clients.Simulator.Find(venue);
        return simulated is BybitVenue bybit
            ? bybit.Symbols[symbol].TradeId(trade.Id)
            : simulated.TradeIdOf(trade).ToString(CultureInfo.InvariantCulture);
    }
}
