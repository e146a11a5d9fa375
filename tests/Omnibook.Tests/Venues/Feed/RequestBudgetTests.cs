using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>What one host allows is shared by all, and never overspent.</summary>
public sealed class RequestBudgetTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Background_requests_leave_a_reserve_to_what_is_watched()
    {
        using var budget = new RequestBudget(1000, TimeSpan.FromMinutes(1), _clock, maxInFlight: 100);
        var background = Enumerable.Range(0, 10).Select(_ => Enter(budget, 100)).ToArray();
        await Eventually.HoldsAsync(() => background.Count(task => task.IsCompleted) == 7, "70 % of the weight");
        var watched = Enter(budget, 100, RequestPriority.Watched);
        await watched;
        Assert.Equal((800, 3), (budget.Spent, budget.Waiting));
    }

    [Fact]
    public async Task In_no_window_of_a_minute_more_is_spent_than_the_limit()
    {
        using var budget = new RequestBudget(1000, TimeSpan.FromMinutes(1), _clock, maxInFlight: 100);
        var granted = new List<TimeSpan>();
        var tasks = Enumerable.Range(0, 40).Select(_ => Enter(budget, 70)).ToList();
        while (tasks.Count > 0)
        {
            await _clock.HoldsAsync(() => tasks.Exists(task => task.IsCompleted), TimeSpan.FromMinutes(2), "another one");
            granted.AddRange(tasks.Where(task => task.IsCompleted).Select(_ => _clock.Elapsed));
            tasks.RemoveAll(task => task.IsCompleted);
        }

        Assert.All(granted, start => Assert.True(
            granted.Count(moment => moment >= start && moment < start + TimeSpan.FromMinutes(1)) * 70 <= 1000));
        Assert.True(_clock.Elapsed < TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Who_is_watched_goes_first()
    {
        using var budget = new RequestBudget(1000, TimeSpan.FromMinutes(1), _clock, maxInFlight: 1);
        await Enter(budget, 1);
        var background = Enter(budget, 1);
        var watched = Enter(budget, 1, RequestPriority.Watched);
        budget.Leave();
        await watched;
        Assert.False(background.IsCompleted);
        budget.Leave();
        await background;
    }

    [Fact]
    public async Task A_ban_ends_every_wait_and_a_later_one_wins()
    {
        using var budget = new RequestBudget(1000, TimeSpan.FromMinutes(1), _clock, maxInFlight: 1);
        await Enter(budget, 1);
        var waiting = Enter(budget, 1);
        budget.BlockUntil(_clock.GetUtcNow().AddMinutes(3));
        budget.BlockUntil(_clock.GetUtcNow().AddMinutes(1));
        await Assert.ThrowsAsync<VenueRequestException>(() => waiting);
        var thrown = await Assert.ThrowsAsync<VenueRequestException>(() => Enter(budget, 1));
        Assert.Equal(ManualTimeProvider.DefaultStart.AddMinutes(3), thrown.Until);
        Assert.Equal(0, budget.Waiting);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled_and_has_a_bound()
    {
        using var budget = new RequestBudget(1000, TimeSpan.FromMinutes(1), _clock, maxInFlight: 1, maxWaiting: 2);
        await Enter(budget, 1);
        using var cancel = new CancellationTokenSource();
        var first = budget.EnterAsync(1, RequestPriority.Background, cancel.Token);
        var second = Enter(budget, 1);
        var thrown = await Assert.ThrowsAsync<VenueRequestException>(() => Enter(budget, 1));
        Assert.Equal(RequestFailure.RateLimited, thrown.Failure);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1, budget.Waiting);
        budget.Leave();
        await second;
    }

    [Fact]
    public async Task A_request_heavier_than_the_share_is_let_through_alone()
    {
        using var budget = new RequestBudget(100, TimeSpan.FromMinutes(1), _clock);
        await Enter(budget, 5000);
        Assert.Equal(100, budget.Spent);
    }

    private static Task Enter(RequestBudget budget, int weight, RequestPriority priority = RequestPriority.Background) =>
        budget.EnterAsync(weight, priority, TestContext.Current.CancellationToken);
}
