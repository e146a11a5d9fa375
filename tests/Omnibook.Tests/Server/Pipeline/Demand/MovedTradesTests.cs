using Omnibook.Core.Instruments;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Tests.Venues.Feed;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Server.Pipeline.Demand;

public sealed class MovedTradesTests
{
    [Fact]
    public async Task What_was_followed_before_may_have_missed_trades_and_what_is_new_may_not()
    {
        var kept = new Kept();
        var moved = new MovedTrades(kept, new HashSet<InstrumentId> { new(1) });
        Instrument[] both = [ScriptedVenue.Instrument(0), ScriptedVenue.Instrument(1)];
        await moved.OnOpeningAsync(both, isFirst: true, TestContext.Current.CancellationToken);
        Assert.Equal(["S0 first", "S1 again"], kept.Openings);
        kept.Openings.Clear();
        await moved.OnOpeningAsync(both, isFirst: false, TestContext.Current.CancellationToken);
        moved.OnSubscribed(both[1]);
        Assert.Equal(["S0 S1 again", "S1 subscribed"], kept.Openings);
    }

    private sealed class Kept : ITradeStreams
    {
        public List<string> Openings { get; } = [];

        public Task OnOpeningAsync(IReadOnlyList<Instrument> instruments, bool isFirst, CancellationToken cancellationToken)
        {
            Openings.Add($"{string.Join(' ', instruments.Select(instrument => instrument.Symbol))} {(isFirst ? "first" : "again")}");
            return Task.CompletedTask;
        }

        public Task OnDoubtAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken) => Task.CompletedTask;

        public void OnSubscribed(Instrument instrument) => Openings.Add($"{instrument.Symbol} subscribed");
    }
}
