using Omnibook.Venues;

namespace Omnibook.Server.Apis;

/// <summary>
/// Answers of a venue kept for a moment and shared: whoever asks the same while a question is under way, or shortly after, gets the same
/// answer. Bounded; failures are not kept.
/// </summary>
internal sealed class QueryCache(TimeProvider time)
{
    private const int MostAnswers = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>The answer to a question, asked now unless it is known.</summary>
    /// <param name="key">What is asked.</param>
    /// <param name="keep">How long the answer is good.</param>
    /// <param name="ask">Asks. Its cancellation is that of the shared question, not of the caller.</param>
    /// <param name="cancellationToken">The caller's own; the question goes on for the others.</param>
    /// <exception cref="VenueRequestException">The venue gave no usable answer, or none in time.</exception>
    public Task<byte[]> GetAsync(
        string key, TimeSpan keep, Func<CancellationToken, Task<byte[]>> ask, CancellationToken cancellationToken)
    {
        Answer? answer;
        lock (_gate)
        {
            if (!_answers.TryGetValue(key, out answer) || answer.IsOver(time))
            {
                MakeRoom();
                answer = new Answer(keep);
                answer.Body = AskAsync(answer, key, ask);
                _answers[key] = answer;
            }
        }

        return answer.Body.WaitAsync(cancellationToken);
    }

    private async Task<byte[]> AskAsync(Answer answer, string key, Func<CancellationToken, Task<byte[]>> ask)
    {
        await Task.Yield(); // Not under the lock of whoever asked first.
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            var body = await ask(patience.Token);
            answer.Came(time);
            return body;
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested)
        {
            Forget(key, answer);
            throw new VenueRequestException(RequestFailure.TimedOut, $"no answer within {Patience.TotalSeconds:0} s", late);
        }
        catch
        {
            Forget(key, answer);
            throw;
        }
    }

    private void Forget(string key, Answer answer)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue(key, out var known) && known == answer)
            {
                _answers.Remove(key);
            }
        }
    }

    private void MakeRoom()
    {
        if (_answers.Count < MostAnswers)
        {
            return;
        }

        foreach (var (key, answer) in _answers)
        {
            if (answer.IsOver(time))
            {
                _answers.Remove(key);
            }
        }

        if (_answers.Count >= MostAnswers)
        {
            _answers.Remove(_answers.Keys.First());
        }
    }

    private sealed class Answer(TimeSpan keep)
    {
        private long _cameAt;

        public Task<byte[]> Body { get; set; } = Task.FromResult(Array.Empty<byte>());

        public void Came(TimeProvider clock) => Volatile.Write(ref _cameAt, Math.Max(1, clock.GetTimestamp()));

        public bool IsOver(TimeProvider clock) =>
            Volatile.Read(ref _cameAt) is var came and not 0 && clock.GetElapsedTime(came) >= keep;
    }
}
