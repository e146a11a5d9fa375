using System.Threading.Channels;

namespace Omnibook.Server.Pipeline;

/// <summary>
/// Lets a venue be asked for its instruments out of turn, at once when something in its data does not fit what it said of them, and no more than
/// a few times a minute: prices that do not fit come by the hundred.
/// </summary>
internal sealed class ListingDoubt(TimeProvider time)
{
    private const int MostInAMinute = 3;

    /// <summary>Raised by many at once: once is enough.</summary>
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(1);
    private readonly Queue<long> _answered = new();

    /// <summary>What was said may be out of date. From any thread; never waits.</summary>
    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Waits until it is time to ask again: when the usual time is over, or doubts were raised and were not too often.</summary>
    public async Task WaitAsync(TimeSpan usual, CancellationToken cancellationToken)
    {
        using var turn = new CancellationTokenSource(usual, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(turn.Token, cancellationToken);
        try
        {
            if (_answered.Count == MostInAMinute && TimeSpan.FromMinutes(1) - time.GetElapsedTime(_answered.Dequeue()) is var rest && rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, either.Token);
            }

            await _raised.Reader.ReadAsync(either.Token);
            _answered.Enqueue(time.GetTimestamp());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The usual time is over.
            return;
        }
    }
}
