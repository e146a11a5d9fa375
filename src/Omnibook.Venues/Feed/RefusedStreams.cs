using System.Diagnostics.CodeAnalysis;

namespace Omnibook.Venues.Feed;

/// <summary>
/// What a venue refused to send, by the name of the stream. It is asked for again after 15, 30, 60 s and so on, at most a quarter of an hour
/// apart: a symbol may open again, and a venue may refuse in error. Thread-safe.
/// </summary>
internal sealed class RefusedStreams(FeedOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Refusal> _refusals = new(StringComparer.Ordinal);

    /// <summary>The venue refused a stream.</summary>
    public void Add(string stream, string words, TimeSpan now)
    {
        lock (_gate)
        {
            var times = _refusals.TryGetValue(stream, out var known) ? known.Times + 1 : 1;
            _refusals[stream] = new Refusal(words, times, now + Pause(times));
        }
    }

    /// <summary>The venue's words, if it refused the stream and has not accepted it since.</summary>
    public bool TryGetWords(string stream, [NotNullWhen(true)] out string? words)
    {
        lock (_gate)
        {
            words = _refusals.TryGetValue(stream, out var refusal) ? refusal.Words : null;
            return words is not null;
        }
    }

    /// <summary>Whether nothing is refused.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _refusals.Count == 0;
            }
        }
    }

    /// <summary>Whether it is time to ask for a refused stream again.</summary>
    public bool IsDue(string stream, TimeSpan now)
    {
        lock (_gate)
        {
            return _refusals.TryGetValue(stream, out var refusal) && now >= refusal.AskAgainAt;
        }
    }

    /// <summary>It was asked for again: the next time is a longer pause away, should it be refused once more.</summary>
    public void OnAskedAgain(string stream, TimeSpan now)
    {
        lock (_gate)
        {
            if (_refusals.TryGetValue(stream, out var refusal))
            {
                _refusals[stream] = refusal with { AskAgainAt = now + Pause(refusal.Times + 1) };
            }
        }
    }

    /// <summary>The venue accepted a stream after all. False when it was not refused.</summary>
    public bool Remove(string stream)
    {
        lock (_gate)
        {
            return _refusals.Remove(stream);
        }
    }

    /// <summary>The part of a plan that may be asked for now.</summary>
    public ConnectionPlan Accepted(ConnectionPlan plan, TimeSpan now)
    {
        lock (_gate)
        {
            return _refusals.Count == 0 ? plan : plan with { Streams = [.. plan.Streams.Where(stream => MayAsk(stream.Name, now))] };
        }
    }

    private bool MayAsk(string stream, TimeSpan now) =>
        !_refusals.TryGetValue(stream, out var refusal) || now >= refusal.AskAgainAt;

    private TimeSpan Pause(int times)
    {
        var pause = options.RefusedRetry * (1 << Math.Min(times - 1, 10));
        return pause < options.RefusedRetryMax ? pause : options.RefusedRetryMax;
    }

    private readonly record struct Refusal(string Words, int Times, TimeSpan AskAgainAt);
}
