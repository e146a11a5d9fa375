namespace Omnibook.History.Segments;

/// <summary>
/// Puts together which bytes were lost and which positions are missing: how many there were in a damaged stretch is only known from what follows it.
/// </summary>
/// <param name="report">Told of each loss.</param>
internal sealed class LossLedger(Action<SegmentDamage>? report)
{
    private readonly List<SegmentDamage> _open = [];

    /// <summary>Some bytes are lost; how many positions is not known yet.</summary>
    public void AddBytes(SegmentLoss loss, string file, long offset, long bytes) => _open.Add(new SegmentDamage(loss, file, offset, bytes, 0, -1));

    /// <summary>A record was read.</summary>
    /// <param name="file">In which file.</param>
    /// <param name="offset">Where.</param>
    /// <param name="expected">The position that would follow the record before.</param>
    /// <param name="found">The position that it has.</param>
    /// <param name="wanted">Nobody asks for what is before this.</param>
    public void Settle(string file, long offset, long expected, long found, long wanted)
    {
        if (_open.Count == 0 && found > expected)
        {
            _open.Add(new SegmentDamage(SegmentLoss.NeverWritten, file, offset, 0, 0, -1));
        }

        // One range for damages between the same two records: which of them held what, nobody knows.
        Close(Math.Max(expected, wanted), found - 1, isWanted: expected >= wanted || found > wanted);
    }

    /// <summary>Nothing follows any more.</summary>
    public void End(long expected) => Close(expected, expected - 1, isWanted: true);

    private void Close(long first, long last, bool isWanted)
    {
        foreach (var damage in _open)
        {
            if (isWanted)
            {
                report?.Invoke(damage with { First = first, Last = last });
            }
        }

        _open.Clear();
    }
}
