using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Simulator.Faults;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.Server.Pipeline.Trades;

/// <summary>Over real sockets: what a venue traded while it was not connected is heard afterwards, each trade once.</summary>
public sealed class WholeTradesTests
{
    [Theory]
    [InlineData("bybit", "BTCUSDT", "disconnect")]
    [InlineData("bybit", "BTCUSDT", "reset")]
    [InlineData("bybit", "BTCUSDT", "malformed")]
    [InlineData("lighter", "ETH", "disconnect")]
    public async Task After_a_disconnect_the_tape_equals_the_venues_ledger(string venue, string symbol, string fault)
    {
        await using var tape = await TradeTape.FollowAsync(venue, symbol);
        await BreakAsync(tape, venue, fault);

        await Eventually.HoldsAsync(() => Difference(tape, venue, symbol) is null, () => Difference(tape, venue, symbol) ?? "");
        Assert.Equal(0, tape.Report.Holes);
        Assert.True(tape.Report.Gaps > 0);
    }

    [Theory]
    [InlineData("binance-usdm", "BTCUSDT", "disconnect")]
    [InlineData("binance-usdm", "BTCUSDT", "gap")]
    [InlineData("binance-spot", "BTCUSDT", "disconnect")]
    public async Task Where_the_venue_counts_its_trades_no_number_is_missing(string venue, string symbol, string fault)
    {
        await using var tape = await TradeTape.FollowAsync(venue, symbol);
        await BreakAsync(tape, venue, fault);

        await Eventually.HoldsAsync(
            () => tape.Report.Fetched > 0 && Missing(tape.Heard) == 0, () => $"{Missing(tape.Heard)} numbers are missing; {tape.Report}");
        Assert.Equal(0, tape.Report.Holes);
        Assert.Distinct(tape.Heard.Select(trade => trade.TradeId));
    }

    [Fact]
    public async Task What_a_subscription_begins_with_need_not_be_fetched()
    {
        // Coinbase begins with its latest trades.
        await using var tape = await TradeTape.FollowAsync("coinbase", "BTC-USD");
        await BreakAsync(tape, "coinbase", "disconnect", isNoticed: false);
        var heard = tape.Heard.Length;

        await Eventually.HoldsAsync(() => tape.Heard.Length > heard + 10 && Missing(tape.Heard) == 0, () => $"{Missing(tape.Heard)} numbers are missing; {tape.Report}");
        Assert.Distinct(tape.Heard.Select(trade => trade.TradeId));
    }

    [Fact]
    public async Task What_a_venue_no_longer_remembers_is_recorded_with_numbers_and_times()
    {
        // Hyperliquid tells of its last 25 trades only.
        await using var tape = await TradeTape.FollowAsync("hyperliquid", "BTC");
        await BreakAsync(tape, "hyperliquid", "disconnect", missed: 40);

        await Eventually.HoldsAsync(() => tape.Report.Holes == 1, () => $"a hole is recorded: {tape.Report}");
        var hole = tape.Report.Latest[0];
        var heard = tape.Heard.ToDictionary(trade => trade.TradeId, trade => trade.Times.VenueTime);
        Assert.Equal("BTC", hole.Gap.Instrument.Symbol);
        Assert.Equal(heard[hole.Gap.Before.Id], hole.Gap.Before.At);
        Assert.True(hole.Gap.Before.At < hole.Gap.After!.Value.At);
        Assert.Contains("25 trades", hole.Why, StringComparison.Ordinal);
    }

    private static async Task BreakAsync(TradeTape tape, string venue, string fault, int missed = 10, bool isNoticed = true)
    {
        await Eventually.HoldsAsync(() => tape.Heard.Length >= 20, () => $"trades come: {tape.Heard.Length}");
        if (fault is "gap" or "malformed")
        {
            tape.Simulator.Inject(new FaultRequest { Venue = venue, Fault = fault, Channel = venue == "bybit" ? "publicTrade" : "aggTrade", Count = 3 });
        }
        else
        {
            var ledger = Ledger(tape, venue);
            tape.Simulator.Inject(new FaultRequest { Venue = venue, Fault = "refuse-handshake" });
            tape.Simulator.Inject(new FaultRequest { Venue = venue, Fault = fault });
            await Eventually.HoldsAsync(() => Ledger(tape, venue) >= ledger + missed, "the venue trades on");
            tape.Simulator.ClearFaults();
        }

        await Eventually.HoldsAsync(() => !isNoticed || tape.Report.Gaps > 0, () => $"something is missing: {tape.Report}");
    }

    private static long Ledger(TradeTape tape, string venue) => tape.Simulator.Trades(venue, tape.Catalog.Instruments[0].Symbol)[^1].Id;

    private static long Missing(Trade[] heard) =>
        heard.Length == 0 ? 0 : heard.Max(trade => trade.TradeId) - heard.Min(trade => trade.TradeId) + 1 - heard.DistinctBy(trade => trade.TradeId).Count();

    /// <summary>Compares, from the first trade heard to one of a second ago, by time, price, quantity and side; null when they are the same.</summary>
    private static string? Difference(TradeTape tape, string venue, string symbol)
    {
        var instrument = tape.Catalog.Instruments[0];
        var rules = tape.Simulator.Find(venue).Markets[symbol].Rules;
        var heard = tape.Heard;
        var (first, last) = (heard.Min(trade => trade.Times.VenueTime.UnixMilliseconds), heard.Max(trade => trade.Times.VenueTime.UnixMilliseconds) - 1000);
        var told = heard.Select(trade => (
            At: trade.Times.VenueTime.UnixMilliseconds,
            Price: instrument.PriceScale.ToDecimal(trade.Price.Units),
            Quantity: instrument.QuantityScale.ToDecimal(trade.Quantity.Units),
            IsBuy: trade.TakerSide == TakerSide.Buy)).Where(trade => trade.At > first && trade.At <= last).Order().ToArray();
        var traded = tape.Simulator.Trades(venue, symbol).Select(trade => (
            At: trade.Milliseconds,
            Price: rules.PriceScale.ToDecimal(trade.Price),
            Quantity: rules.QuantityScale.ToDecimal(trade.Quantity),
            IsBuy: trade.TakerSide == Side.Bid)).Where(trade => trade.At > first && trade.At <= last).Order().ToArray();
        return told.SequenceEqual(traded)
            ? null
            : $"{told.Length} trades were heard and {traded.Length} made; missing: {string.Join(", ", traded.Except(told).Take(5))}; invented: {string.Join(", ", told.Except(traded).Take(5))}; {tape.Report}";
    }
}
