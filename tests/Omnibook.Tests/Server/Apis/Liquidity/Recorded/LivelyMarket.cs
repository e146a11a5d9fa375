using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Tests.Server.Apis.Liquidity.Recorded;

/// <summary>Lets made-up things happen at two venues: changes, gaps, lost connections, comparisons, trades, silence. The same seed gives the same.</summary>
internal sealed class LivelyMarket(LiquidityHost host, int seed)
{
    private readonly Random _random = new(seed);
    private readonly long[] _sequences = [1_000, 5_000];
    private long _trades;

    /// <summary>50 ms go by.</summary>
    public async Task StepAsync()
    {
        host.Time.Advance(TimeSpan.FromMilliseconds(50));
        for (var member = 0; member < 2; member++)
        {
            if (_random.NextDouble() < 0.7)
            {
                await ChangeAsync(member);
            }
        }

        await host.FeedAsync(batch => batch.On(new Tick(host.Now)));
    }

    private Task ChangeAsync(int member) => _random.Next(400) switch
    {
        < 6 => host.FeedAsync(batch => Snapshot(batch, member)),
        6 => SkipAsync(member),
        7 => host.FeedAsync(batch => batch.On(new VenueStatus(Id(member), BookState.Connecting, StatusReasons.Disconnected, default, host.Now))),
        8 => CompareAsync(member),
        9 => host.FeedAsync(batch => batch.On(new VenueStatus(Id(member), BookState.Stale, StatusReasons.ChannelSilent, default, host.Now))),
        < 40 => host.FeedAsync(batch =>
        {
            Update(batch, member);
            batch.On(new Trade(Id(member), ++_trades, Level(0).Price, Level(0).Quantity, TakerSide.Sell, Times()));
            Update(batch, member);
        }),
        _ => host.FeedAsync(batch => Update(batch, member)),
    };

    private async Task SkipAsync(int member)
    {
        _sequences[member] += 3;
        await host.FeedAsync(batch => Update(batch, member));
    }

    /// <summary>A comparison that goes wrong as often as not: then the book is fetched anew.</summary>
    private async Task CompareAsync(int member)
    {
        await host.Loop.CommandAsync(new BeginComparisonCommand(Id(member)), CancellationToken.None);
        var batch = new EventBatch();
        Snapshot(batch, member, isApplied: false);
        await host.Loop.CommandAsync(new CompareCommand(batch, IsWhole: false), CancellationToken.None);
        await host.Loop.CommandAsync(new EndComparisonCommand(Id(member)), CancellationToken.None);
    }

    private void Snapshot(EventBatch batch, int member, bool isApplied = true)
    {
        var sequence = isApplied ? ++_sequences[member] : _sequences[member];
        Level[] bids = [.. Enumerable.Range(1, 30).Select(i => Level(-i))];
        Level[] asks = [.. Enumerable.Range(1, 30).Select(Level)];
        batch.On(new BookSnapshot(Id(member), sequence, Times()), bids, asks);
    }

    private void Update(EventBatch batch, int member)
    {
        var sequence = ++_sequences[member];
        var (side, depth) = (_random.Next(2), _random.Next(1, 40));
        Level[] changed = [Level(side == 0 ? -depth : depth) with { Quantity = new Quantity(_random.Next(3) == 0 ? 0 : _random.Next(1, 5_000_000)) }];
        batch.On(new BookUpdate(Id(member), sequence, sequence, Times()), side == 0 ? changed : [], side == 0 ? [] : changed);
    }

    private EventTimes Times() => new(host.Now + TimeSpan.FromMilliseconds(-_random.Next(1, 90)), host.Now);

    private Level Level(int ticks)
    {
        var listing = host.Members[0].Listing;
        return new Level(new Price(listing.PriceScale.FromDecimal(100_000) + (ticks * 100 * listing.Tick.Units)), new Quantity(1_000 + Math.Abs(ticks)), ticks % 3 == 0 ? 2 : 0);
    }

    private InstrumentId Id(int member) => host.Members[member].Id;
}
