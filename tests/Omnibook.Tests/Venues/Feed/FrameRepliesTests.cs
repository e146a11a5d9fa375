using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

public sealed class FrameRepliesTests
{
    private readonly FrameReplies _replies = new();

    [Fact]
    public async Task What_a_session_answers_is_sent_in_order()
    {
        var sent = new List<byte>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Assert.True(_replies.TryAdd([new byte[] { 1 }, new byte[] { 2 }]));
        Assert.True(_replies.TryAdd([new byte[] { 3 }]));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _replies.SendAsync(
            async frame =>
            {
                sent.Add(frame.Span[0]);
                if (sent.Count == 3)
                {
                    await enough.CancelAsync();
                }
            },
            enough.Token));

        Assert.Equal([1, 2, 3], sent);
    }

    [Fact]
    public void More_than_a_socket_can_send_is_left_out_and_told()
    {
        ReadOnlyMemory<byte>[] pong = ["{}"u8.ToArray()];
        var taken = 0;
        while (_replies.TryAdd(pong))
        {
            taken++;
            Assert.InRange(taken, 1, 1000);
        }

        Assert.False(_replies.TryAdd(pong));
    }
}
