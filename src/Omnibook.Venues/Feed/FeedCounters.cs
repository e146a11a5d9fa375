namespace Omnibook.Venues.Feed;

/// <summary>The counts of one feed, over all its connections. Written by several threads.</summary>
internal sealed class FeedCounters
{
    private long _frames;
    private long _bytes;
    private long _malformed;
    private long _unknown;
    private long _connects;
    private long _reconnects;
    private long _replacements;
    private long _resubscribes;
    private long _snapshots;
    private long _snapshotsDiscarded;
    private long _snapshotFailures;
    private long _faults;

    public void Frame(int bytes)
    {
        Interlocked.Increment(ref _frames);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void Malformed() => Interlocked.Increment(ref _malformed);

    public void Unknown() => Interlocked.Increment(ref _unknown);

    public void Connect() => Interlocked.Increment(ref _connects);

    public void Reconnect() => Interlocked.Increment(ref _reconnects);

    public void Replacement() => Interlocked.Increment(ref _replacements);

    public void Resubscribe() => Interlocked.Increment(ref _resubscribes);

    public void Snapshot() => Interlocked.Increment(ref _snapshots);

    public void SnapshotDiscarded() => Interlocked.Increment(ref _snapshotsDiscarded);

    public void SnapshotFailure() => Interlocked.Increment(ref _snapshotFailures);

    public void Fault() => Interlocked.Increment(ref _faults);

    public FeedCounts Read() => new(
        Interlocked.Read(ref _frames),
        Interlocked.Read(ref _bytes),
        Interlocked.Read(ref _malformed),
        Interlocked.Read(ref _unknown),
        Interlocked.Read(ref _connects),
        Interlocked.Read(ref _reconnects),
        Interlocked.Read(ref _replacements),
        Interlocked.Read(ref _resubscribes),
        Interlocked.Read(ref _snapshots),
        Interlocked.Read(ref _snapshotsDiscarded),
        Interlocked.Read(ref _snapshotFailures),
        Interlocked.Read(ref _faults));
}
