namespace Omnibook.History.Segments;

/// <summary>Looks at what an earlier process left: where positions go on, and what it did not finish.</summary>
internal static class SegmentRecovery
{
    /// <summary>Finds the next position, cuts the newest file after its last whole record, and deletes files in which there is none.</summary>
    /// <param name="storage">The files.</param>
    /// <param name="damaged">Told what was cut.</param>
    /// <returns>The first position that was never given out.</returns>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public static long Recover(ISegmentStorage storage, Action<SegmentDamage> damaged)
    {
        var names = storage.List();
        var next = 0L;
        for (var i = names.Count - 1; i >= 0; i--)
        {
            var (last, end, tail) = LookAt(storage, names[i]);
            next = Math.Max(next, Math.Max(names[i].First, last + 1));
            if (tail > 0)
            {
                damaged(new SegmentDamage(SegmentLoss.TornTail, storage.PathOf(names[i]), end, tail, next, next - 1));
                storage.Cut(names[i], end);

                // Nobody knows how many positions the tail held. Each took a byte at least: so none is ever given out twice.
                next += tail;
            }

            if (last >= 0)
            {
                return next;
            }

            storage.Delete(names[i]);
        }

        return next;
    }

    private static (long Last, long End, long Tail) LookAt(ISegmentStorage storage, SegmentName name)
    {
        using var scan = new SegmentScan(storage.OpenForReading(name));
        var last = -1L;
        while (scan.TryNext(out var header, out _, out _))
        {
            if (header.Count > 0)
            {
                last = Math.Max(last, header.Position + header.Count - 1);
            }
        }

        return (last, scan.Offset, scan.Remaining);
    }
}
