using Omnibook.Server.Streams;

namespace Omnibook.Tests.Server.Streams;

public sealed class ClientOutboxTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly StreamCounters _counters = new();
    private readonly FrameWriter _writer = new(new FramePool());

    [Fact]
    public void Of_a_state_only_the_newest_waits()
    {
        var (topic, outbox) = (Topic(OutboxPolicy.NewestOnly), Outbox());
        topic.Add(new Subscription(topic, outbox));
        foreach (var state in new[] { "1", "2", "3" })
        {
            Publish(topic, state);
        }

        Assert.Equal(["3"], Drain(outbox));
        Assert.Equal(2, _counters.FramesReplaced);
    }

    [Fact]
    public void Of_events_the_oldest_is_dropped_and_counted()
    {
        var (topic, outbox) = (Topic(OutboxPolicy.DropOldest), Outbox());
        topic.Add(new Subscription(topic, outbox));
        foreach (var name in new[] { "1", "2", "3", "4", "5", "6" })
        {
            Publish(topic, name);
        }

        Assert.Equal(["3", "4", "5", "6"], Drain(outbox));
        Assert.Equal(2, outbox.Dropped);
        Assert.Equal(2, _counters.FramesDropped);
    }

    [Fact]
    public void Drops_are_announced_where_the_dialect_has_a_place_for_it()
    {
        var topic = Topic(OutboxPolicy.DropOldest, dropped => Render($"dropped {dropped}"));
        var outbox = Outbox();
        topic.Add(new Subscription(topic, outbox));
        foreach (var name in new[] { "1", "2", "3", "4", "5", "6" })
        {
            Publish(topic, name);
        }

        Assert.Equal(["dropped 2", "3", "4", "5", "6"], Drain(outbox));
    }

    [Fact]
    public void States_and_events_take_turns()
    {
        var (states, events, outbox) = (Topic(OutboxPolicy.NewestOnly), Topic(OutboxPolicy.DropOldest), Outbox());
        states.Add(new Subscription(states, outbox));
        events.Add(new Subscription(events, outbox));
        Publish(events, "e1");
        Publish(events, "e2");
        Publish(states, "s1");
        Assert.True(outbox.TryTake(out var first));
        Publish(states, "s2");
        Assert.True(outbox.TryTake(out var second));

        Assert.Equal(["s1", "e1"], [Text(first), Text(second)]);
        Assert.Equal(["s2", "e2"], Drain(outbox));
    }

    [Fact]
    public void More_bytes_than_may_wait_are_an_overflow()
    {
        var outbox = new ClientOutbox(new StreamLimits { MaxWaitingBytes = 10 }, _counters, _time);
        var frame = Render("123456");
        outbox.Add(null, frame);
        Assert.False(outbox.IsOverflowing);
        outbox.Add(null, frame);
        Assert.True(outbox.IsOverflowing);
        Assert.Equal(6, outbox.WaitingBytes);
    }

    [Fact]
    public void It_knows_for_how_long_it_has_been_full()
    {
        var (topic, outbox) = (Topic(OutboxPolicy.DropOldest), Outbox());
        topic.Add(new Subscription(topic, outbox));
        for (var i = 0; i < 5; i++)
        {
            Publish(topic, $"{i}");
        }

        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), outbox.FullFor);
        Drain(outbox);
        Assert.Equal(TimeSpan.Zero, outbox.FullFor);
    }

    [Fact]
    public void Adding_and_taking_allocate_nothing_in_steady_state()
    {
        var (topic, outbox) = (Topic(OutboxPolicy.DropOldest), Outbox());
        var subscription = new Subscription(topic, outbox);
        var frame = Render("x");
        AddAndTake(outbox, subscription, frame, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AddAndTake(outbox, subscription, frame, 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AddAndTake(ClientOutbox outbox, Subscription subscription, Frame frame, int times)
    {
        for (var i = 0; i < times; i++)
        {
            outbox.Add(subscription, frame);
            Assert.True(outbox.TryTake(out var taken));
            taken.Release();
        }
    }

    private ClientOutbox Outbox() => new(new StreamLimits { MaxWaitingEvents = 4 }, _counters, _time);

    private Topic Topic(OutboxPolicy policy, Func<long, Frame>? notice = null) => new("topic", policy, _counters, notice);

    private Frame Render(string text) => _writer.Begin().Raw(System.Text.Encoding.UTF8.GetBytes(text)).Complete();

    /// <summary>Publishes and waits until it is handed out: the newest frame is this one.</summary>
    private void Publish(Topic topic, string text)
    {
        topic.Publish(Render(text));
        SpinWait.SpinUntil(() =>
        {
            var latest = topic.TakeLatest();
            latest?.Release();
            return latest is not null && Text(latest) == text && topic.IsIdle;
        });
    }

    private static string Text(Frame frame) => System.Text.Encoding.UTF8.GetString(frame.Text.Span);

    private static List<string> Drain(ClientOutbox outbox)
    {
        var texts = new List<string>();
        while (outbox.TryTake(out var frame))
        {
            texts.Add(Text(frame));
            frame.Release();
        }

        return texts;
    }
}
