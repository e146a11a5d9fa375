using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Core.Flow;

public sealed class FlowBoardTests
{
    private readonly InstrumentCatalog _catalog = new();
    private readonly FlowBoard _board = new(new FlowOptions { MaxInstruments = 2 });
    private readonly Market _market;

    public FlowBoardTests() => _market = new Market(_catalog, []);

    [Fact]
    public void Trades_are_kept_by_instrument()
    {
        var (btc, eth) = (Register("BTC"), Register("ETH"));
        Assert.True(Trade(btc));
        Assert.True(Trade(btc));
        Assert.True(Trade(eth));

        Assert.True(_board.TryFind(btc, out var flow));
        Assert.Equal(2, flow.Trades.Candles(FlowInterval.Minute, new Timestamp(1), 0, default).Sum(candle => candle.Volume.Trades));
        Assert.Equal(2, _board.Count);
    }

    [Fact]
    public void Where_there_is_no_room_the_one_that_was_quiet_goes_but_not_one_that_somebody_holds()
    {
        var (btc, eth, sol) = (Register("BTC"), Register("ETH"), Register("SOL"));
        Trade(btc, seconds: 0);
        Trade(eth, seconds: 1);
        _board.Of(btc, default).Hold();
        Trade(sol, seconds: 2);

        Assert.True(_board.TryFind(btc, out var held));
        Assert.False(_board.TryFind(eth, out _));
        held.Release();
        Trade(eth, seconds: 3);
        Assert.False(_board.TryFind(btc, out _));
    }

    [Fact]
    public void A_minute_that_begins_has_the_live_books_kept_and_told()
    {
        var btc = Register("BTC");
        Trade(btc, seconds: 0);
        var times = new EventTimes(At(59), At(59));
        _market.On(new BookSnapshot(btc, 1, times), [new Level(new Price(10), new Quantity(1))], [new Level(new Price(11), new Quantity(1))]);
        Assert.Empty(_board.KeepBooks(_market));
        _market.On(new Tick(At(60)));
        Assert.Equal([btc], _board.KeepBooks(_market));
        Assert.Empty(_board.KeepBooks(_market));
    }

    private static Timestamp At(int seconds) => Timestamp.FromMilliseconds(1_699_999_980_000 + seconds * 1_000L);

    private InstrumentId Register(string symbol) => _catalog.Register(MadeInstruments.Listing(symbol)).Id;

    private bool Trade(InstrumentId instrument, int seconds = 0) =>
        _board.Add(MadeTrades.Of(At(seconds).UnixMilliseconds, 100, 1, TakerSide.Buy, instrument: instrument), At(seconds));
}
