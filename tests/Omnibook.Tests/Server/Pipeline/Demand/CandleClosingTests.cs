using Omnibook.Core;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.Server.Pipeline.Demand;

public sealed class CandleClosingTests
{
    private static readonly CandleInterval Minute = CandleInterval.Parse("1m");

    [Fact]
    public async Task A_candle_is_over_two_seconds_after_its_time_and_that_is_said_once()
    {
        await using var market = new MadeMarket();
        var told = Begin(market, hasStood: true);
        await TellAsync(market, isClosed: null);
        await TickAsync(market, 121_900);
        Assert.Equal(["1 False"], told.Lines);
        await TickAsync(market, 122_000);
        await Eventually.HoldsAsync(() => told.Lines.Count == 2, "it is over");
        await TickAsync(market, 123_000);
        await TickAsync(market, 200_000);
        Assert.Equal(["1 False", "1 True"], told.Lines);
    }

    [Fact]
    public async Task After_a_break_nothing_is_said_of_a_candle_whose_end_was_not_seen()
    {
        await using var market = new MadeMarket();
        var told = Begin(market, hasStood: false);
        await TellAsync(market, isClosed: null);
        await TickAsync(market, 200_000);
        await TickAsync(market, 300_000);
        Assert.Equal(["1 False"], told.Lines);
    }

    [Fact]
    public async Task A_venue_that_says_itself_what_is_over_is_not_corrected()
    {
        await using var market = new MadeMarket();
        var told = Begin(market, hasStood: true);
        await TellAsync(market, isClosed: false);
        await TickAsync(market, 200_000);
        await TickAsync(market, 300_000);
        Assert.Equal(["1 False"], told.Lines);
    }

    private static Told Begin(MadeMarket market, bool hasStood)
    {
        var told = new Told();
        market.Loop.Subscribe(told);
        market.Loop.Subscribe(new CandleClosing(market.Loop, market.Catalog, (_, _, _) => hasStood));
        return told;
    }

    private static async Task TellAsync(MadeMarket market, bool? isClosed)
    {
        var time = Timestamp.FromMilliseconds(90_000);
        await market.AddAsync(batch => batch.On(new CandleUpdate(
            market.Instruments[0].Id, Minute, Timestamp.FromMilliseconds(60_000), new Price(1), new Price(2), new Price(1), new Price(2), 1, null, null,
            isClosed, new EventTimes(time, time))));
        await market.SettleAsync();
    }

    private static async Task TickAsync(MadeMarket market, long milliseconds)
    {
        await market.AddAsync(batch => batch.On(new Tick(Timestamp.FromMilliseconds(milliseconds))));
        await market.SettleAsync();
    }

    private sealed class Told : IMarketListener
    {
        public List<string> Lines { get; } = [];

        public void OnChanges(Market market, MarketChanges changes) =>
            Lines.AddRange(changes.Candles.Select(candle => $"{candle.Start.UnixMilliseconds / 60_000} {candle.IsClosed is true}"));
    }
}
