using Omnibook.Server.Pipeline.Demand;

namespace Omnibook.Tests.Server.Pipeline.Demand;

public sealed class ConnectionPaceTests
{
    private readonly Omnibook.Tests.Time.ManualTimeProvider _clock = new();

    [Fact]
    public void So_many_connections_are_opened_within_a_minute_and_no_more()
    {
        var pace = new ConnectionPace(3, _clock);
        Assert.True(pace.TryTake(2, out _));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True(pace.TryTake(1, out _));
        Assert.False(pace.TryTake(1, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(40), wait);
        _clock.Advance(wait);
        Assert.True(pace.TryTake(2, out _));
        Assert.False(pace.TryTake(1, out _));
    }

    [Fact]
    public void More_than_a_minutes_worth_at_once_needs_a_minute_without_any()
    {
        var pace = new ConnectionPace(3, _clock);
        Assert.True(pace.TryTake(5, out _));
        Assert.False(pace.TryTake(5, out var wait));
        _clock.Advance(wait);
        Assert.True(pace.TryTake(5, out _));
    }
}
