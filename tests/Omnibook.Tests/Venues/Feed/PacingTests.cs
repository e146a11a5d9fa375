using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>How long things are waited for.</summary>
public sealed class PacingTests
{
    public static TheoryData<int> ManySeeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(ManySeeds))]
    public void A_dead_venue_is_tried_at_most_25_times_in_ten_minutes_and_found_within_35_seconds_of_its_return(int seed)
    {
        var backoff = new Backoff(seed);
        Assert.Equal(TimeSpan.Zero, backoff.Next());
        var waits = Enumerable.Range(0, 40).Select(_ => backoff.Next()).ToArray();
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(0.7), TimeSpan.FromSeconds(35)));
        var at = TimeSpan.Zero;
        var tries = 2 + waits.TakeWhile(wait => (at += wait) <= TimeSpan.FromMinutes(10)).Count();
        Assert.InRange(tries, 15, 27);
    }

    [Fact]
    public void On_average_a_dead_venue_is_tried_at_most_25_times_in_ten_minutes()
    {
        var tries = Enumerable.Range(0, 1000).Select(seed =>
        {
            var backoff = new Backoff(seed);
            var at = TimeSpan.Zero;
            var count = 1;
            while ((at += backoff.Next()) <= TimeSpan.FromMinutes(10))
            {
                count++;
            }

            return count;
        });
        Assert.InRange(tries.Average(), 20, 25);
    }

    [Fact]
    public void Feeds_with_different_seeds_do_not_come_back_together()
    {
        var fifths = Enumerable.Range(0, 100).Select(seed =>
        {
            var backoff = new Backoff(Seeds.Mix(0, $"feed {seed}"));
            return Enumerable.Range(0, 6).Select(_ => backoff.Next()).ToArray()[^1].TotalSeconds;
        }).ToArray();
        Assert.True(fifths.Max() - fifths.Min() > 30 * 0.35);
        Assert.Equal(new Backoff(3).Within(default, TimeSpan.FromHours(1)), new Backoff(3).Within(default, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_book_asks_fast_and_then_ever_more_slowly_until_it_was_calm()
    {
        var pace = new SnapshotPace(1);
        var now = TimeSpan.FromHours(1);
        int[] longest = [0, 50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 20_000, 20_000];
        foreach (var milliseconds in longest)
        {
            var pause = pace.Next(now);
            Assert.InRange(pause.TotalMilliseconds, milliseconds * 0.8, milliseconds);
            now += pause;
        }

        Assert.Equal(TimeSpan.Zero, pace.Next(now + TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Snapshots_that_come_are_forgotten_one_by_one()
    {
        var pace = new SnapshotPace(1);
        var now = TimeSpan.FromHours(1);
        for (var fault = 0; fault < 100; fault++, now += TimeSpan.FromSeconds(4))
        {
            Assert.Equal(TimeSpan.Zero, pace.Next(now));
            pace.Succeeded();
        }
    }

    [Fact]
    public void A_habit_is_learnt_and_a_fault_is_not()
    {
        var plan = new Omnibook.Venues.ConnectionPlan("p", new Uri("ws://x"), [ScriptedVenue.Book(0, TimeSpan.FromSeconds(5))]);
        var watch = new StreamWatch(plan, FeedOptions.Default, TimeSpan.FromSeconds(5), 0);
        var found = new List<WatchFinding>();
        var now = TimeSpan.FromSeconds(1);
        watch.OnOpeningSent(now);
        for (var i = 0; i < 20; i++, now += TimeSpan.FromSeconds(2))
        {
            watch.OnData(0, now);
        }

        // Twenty times two seconds are allowed; the last data came two seconds ago.
        watch.Look(now + TimeSpan.FromSeconds(37.9), (finding, _) => found.Add(finding));
        Assert.Empty(found);
        watch.Look(now + TimeSpan.FromSeconds(38.1), (finding, _) => found.Add(finding));
        Assert.Equal([WatchFinding.FellSilent], found);
        now += TimeSpan.FromHours(1);
        watch.OnData(0, now);
        watch.Look(now, (finding, _) => found.Add(finding));
        watch.Look(now + TimeSpan.FromSeconds(41), (finding, _) => found.Add(finding));
        Assert.Equal([WatchFinding.FellSilent, WatchFinding.FellSilent], found);
    }
}
