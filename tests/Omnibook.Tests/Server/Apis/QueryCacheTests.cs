using Omnibook.Server.Apis;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Server.Apis;

public sealed class QueryCacheTests
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(2);
    private readonly ManualTimeProvider _time = new();
    private int _asked;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_of_any_type_are_shared_and_kept_for_a_while()
    {
        var cache = new QueryCache(_time);
        Assert.Equal([1, 2], await AskAsync(cache, "list", new List<int> { 1, 2 }));
        Assert.Equal([1, 2], await AskAsync(cache, "list", new List<int> { 3 }));
        Assert.Equal("text", await AskAsync(cache, "text", "text"));
        Assert.Equal(2, _asked);
        _time.Advance(Keep);
        Assert.Equal([3], await AskAsync(cache, "list", new List<int> { 3 }));
    }

    [Fact]
    public async Task Large_answers_push_older_ones_out()
    {
        var cache = new QueryCache(_time, mostBytes: 1000);
        await AskAsync(cache, "a", new byte[600]);
        await AskAsync(cache, "b", new byte[600]);
        await AskAsync(cache, "c", new byte[600]);
        Assert.Equal(3, _asked);
        await AskAsync(cache, "c", new byte[600]);
        Assert.Equal(3, _asked);
        await AskAsync(cache, "a", new byte[600]);
        Assert.Equal(4, _asked);
    }

    [Fact]
    public async Task A_failure_is_told_to_all_who_wait_and_not_kept()
    {
        var cache = new QueryCache(_time);
        var refused = new VenueRequestException(RequestFailure.Unreachable, "as the test wants");
        var both = new[] { FailAsync(cache, refused), FailAsync(cache, refused) };
        foreach (var one in both)
        {
            Assert.Same(refused, await Assert.ThrowsAsync<VenueRequestException>(() => one));
        }

        Assert.Equal("text", await AskAsync(cache, "key", "text"));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_ten_seconds_and_is_told_whether_the_venue_was_asked_at_all()
    {
        var cache = new QueryCache(_time);
        var silent = cache.GetAsync("silent", Keep, async token =>
        {
            Interlocked.Increment(ref _asked);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
            return 0;
        }, Cancel);
        using var budget = new RequestBudget(10, TimeSpan.FromMinutes(1), _time);
        await budget.EnterAsync(7, RequestPriority.Background, Cancel);
        var waiting = cache.GetAsync("waiting", Keep, async token =>
        {
            await budget.EnterAsync(7, RequestPriority.Background, token);
            return 0;
        }, Cancel);
        await Time.Eventually.HoldsAsync(() => budget.Waiting == 1 && Volatile.Read(ref _asked) == 1, "both wait");

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(RequestFailure.TimedOut, (await Assert.ThrowsAsync<VenueRequestException>(() => silent)).Failure);
        var refused = await Assert.ThrowsAsync<VenueRequestException>(() => waiting);
        Assert.Equal(RequestFailure.OverBudget, refused.Failure);
        Assert.True(refused.Until > _time.GetUtcNow());
        Assert.Equal("the venue was not asked: more is asked of it than it allows", UpstreamErrors.Describe(refused));
    }

    private Task<T> AskAsync<T>(QueryCache cache, string key, T answer) => cache.GetAsync(key, Keep, _ =>
    {
        Interlocked.Increment(ref _asked);
        return Task.FromResult(answer);
    }, Cancel);

    private static Task<string> FailAsync(QueryCache cache, VenueRequestException refused) =>
        cache.GetAsync<string>("key", Keep, _ => throw refused, Cancel);
}
