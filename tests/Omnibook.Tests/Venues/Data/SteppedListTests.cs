using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Venues.Data;

namespace Omnibook.Tests.Venues.Data;

/// <summary>Lists of a made-up venue that answers ten rows at most, keeps the newest of more, and leaves out what does not exist.</summary>
public sealed class SteppedListTests
{
    private const int Page = 10;
    private static readonly CandleInterval Minute = CandleInterval.Parse("1m");
    private static readonly CandleInterval Day = CandleInterval.Parse("1d");
    private static readonly Timestamp Now = Timestamp.From(new DateTimeOffset(2026, 11, 20, 12, 30, 30, TimeSpan.Zero));
    private int _requests;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(37)]
    public async Task The_newest_of_a_dense_list_come_in_as_few_pages_as_can_be(int limit)
    {
        var rows = await List(_ => true).ReadAsync(new DataRange(limit));

        Assert.Equal(Enumerable.Range(0, limit).Select(back => Minute.StartOf(Now) + TimeSpan.FromMinutes(back - limit + 1)), rows);
        Assert.Equal((limit + Page - 1) / Page, _requests);
    }

    [Fact]
    public async Task From_a_moment_on_come_the_first()
    {
        var from = Minute.StartOf(Now) + TimeSpan.FromMinutes(-50);
        var rows = await List(_ => true).ReadAsync(new DataRange(25, from));
        var between = await List(_ => true).ReadAsync(new DataRange(25, from, from + TimeSpan.FromMinutes(4)));

        Assert.Equal(Enumerable.Range(0, 25).Select(ahead => from + TimeSpan.FromMinutes(ahead)), rows);
        Assert.Equal(rows.Take(5), between);
    }

    [Fact]
    public async Task A_sparse_list_costs_no_more_windows_than_are_allowed()
    {
        var everyHour = await List(moment => moment.UnixMilliseconds % 3_600_000 == 0).ReadAsync(new DataRange(500));
        Assert.InRange(_requests, 1, 13);
        Assert.All(everyHour, moment => Assert.Equal(0, moment.UnixMilliseconds % 3_600_000));

        _requests = 0;
        var everyFive = await List(moment => moment.UnixMilliseconds % 300_000 == 0).ReadAsync(new DataRange(20));
        Assert.InRange(_requests, 1, 13);
        Assert.Equal(Enumerable.Range(0, everyFive.Count).Select(back => everyFive[0] + TimeSpan.FromMinutes(5 * back)), everyFive);
        Assert.True(everyFive.Count > 12);
    }

    [Fact]
    public async Task What_began_much_later_is_found_by_days()
    {
        var beginning = Timestamp.From(new DateTimeOffset(2026, 11, 18, 7, 45, 0, TimeSpan.Zero));
        var rows = await List(moment => !(moment < beginning)).ReadAsync(new DataRange(5, Timestamp.From(new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero))));

        Assert.Equal(Day.StartOf(beginning), Day.StartOf(rows.Count > 0 ? rows[0] : beginning));
        Assert.InRange(_requests, 2, 80);
    }

    [Fact]
    public async Task What_does_not_exist_is_an_empty_list()
    {
        Assert.Empty(await List(_ => false).ReadAsync(new DataRange(30)));
        Assert.Empty(await List(_ => false).ReadAsync(new DataRange(30, Now + TimeSpan.FromDays(-3))));
        Assert.Empty(await List(_ => true).ReadAsync(new DataRange(30, Now + TimeSpan.FromDays(3))));
        Assert.InRange(_requests, 2, 20);
    }

    private SteppedList<Timestamp> List(Predicate<Timestamp> exists) => new()
    {
        Step = Minute,
        Longest = Day,
        Page = Page,
        TimeOf = moment => moment,
        Now = () => Task.FromResult(Now),
        Ask = (step, from, to, _) =>
        {
            _requests++;
            var rows = new List<Timestamp>();
            for (var moment = step.StartOf(from!.Value); !(moment > to!.Value); moment += step.Length)
            {
                var isThere = step == Minute ? exists(moment) : Enumerable.Range(0, 1440).Any(minute => exists(moment + TimeSpan.FromMinutes(minute)));
                if (!(moment < from.Value) && isThere)
                {
                    rows.Add(moment);
                }
            }

            Assert.InRange(rows.Count, 0, Page);
            return Task.FromResult<IReadOnlyList<Timestamp>>([.. rows.AsEnumerable().Reverse()]);
        },
    };
}
