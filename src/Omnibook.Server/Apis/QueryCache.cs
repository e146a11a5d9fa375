using System.Collections;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Apis;

/// <summary>
/// Answers of venues kept for a moment and shared: whoever asks the same while a question is under way, or shortly after, gets the same
/// answer, whatever it was read into. Bounded in number and in size; failures are not kept.
/// </summary>
/// <param name="time">Our clock.</param>
/// <param name="mostBytes">Roughly so much memory may be taken by what is kept.</param>
internal sealed class QueryCache(TimeProvider time, long mostBytes = QueryCache.DefaultMostBytes)
{
    private const long DefaultMostBytes = 64L * 1024 * 1024;
    private const int MostAnswers = 1024;

    /// <summary>What a row of a list takes, roughly: a candle has five decimals of 16 bytes, and some more.</summary>
    private const int RowBytes = 160;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>The answer to a question, asked now unless it is known.</summary>
    /// <typeparam name="T">What the answer is read into; always the same for a key.</typeparam>
    /// <param name="key">What is asked.</param>
    /// <param name="keep">How long the answer is good.</param>
    /// <param name="ask">Asks. Its cancellation is that of the shared question, not of the caller.</param>
    /// <param name="cancellationToken">The caller's own; the question goes on for the others.</param>
    /// <exception cref="VenueRequestException">The venue gave no usable answer, or none in time.</exception>
    public Task<T> GetAsync<T>(string key, TimeSpan keep, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        Task<T> body;
        lock (_gate)
        {
            if (_answers.TryGetValue(key, out var known) && !known.IsOver(time))
            {
                body = (Task<T>)known.Body;
            }
            else
            {
                _answers.Remove(key);
                MakeRoom();
                var answer = new Answer(keep);
                body = AskAsync(answer, key, ask);
                answer.Body = body;
                _answers[key] = answer;
            }
        }

        return body.WaitAsync(cancellationToken);
    }

    private async Task<T> AskAsync<T>(Answer answer, string key, Func<CancellationToken, Task<T>> ask)
    {
        await Task.Yield(); // Not under the lock of whoever asked first.
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            var body = await ask(patience.Token);
            answer.Came(time, SizeOf(body));
            return body;
        }
        catch (TurnNeverCameException waited) when (patience.IsCancellationRequested)
        {
            Forget(key, answer);
            throw new VenueRequestException(RequestFailure.OverBudget, $"not asked within {Patience.TotalSeconds:0} s", waited) { Until = time.GetUtcNow() + Patience };
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

    private static long SizeOf(object? body) => body switch
    {
        byte[] bytes => bytes.Length,
        ISizedAnswer sized => sized.Rows * (long)RowBytes,
        ICollection rows => rows.Count * (long)RowBytes,
        _ => RowBytes,
    };

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
        if (HasRoom())
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

        while (!HasRoom())
        {
            _answers.Remove(_answers.Keys.First());
        }
    }

    private bool HasRoom() =>
        _answers.Count == 0 || (_answers.Count < MostAnswers && _answers.Values.Sum(answer => answer.Bytes) < mostBytes);

    private sealed class Answer(TimeSpan keep)
    {
        private long _cameAt;
        private long _bytes;

        public Task Body { get; set; } = Task.CompletedTask;

        public long Bytes => Volatile.Read(ref _bytes);

        public void Came(TimeProvider clock, long bytes)
        {
            Volatile.Write(ref _bytes, bytes);
            Volatile.Write(ref _cameAt, Math.Max(1, clock.GetTimestamp()));
        }

        public bool IsOver(TimeProvider clock) =>
            Volatile.Read(ref _cameAt) is var came and not 0 && clock.GetElapsedTime(came) >= keep;
    }
}

/// <summary>An answer that knows how many rows it holds.</summary>
internal interface ISizedAnswer
{
    /// <summary>How many rows.</summary>
    int Rows { get; }
}
