namespace Omnibook.Core.Trades;

/// <summary>
/// Tells trades seen before from new ones, by their ids alone. Venues send trades again: on every subscription (Hyperliquid sends the
/// latest ones), and twice while an old and a new connection overlap.
/// </summary>
/// <remarks>
/// Ids start as identities: the last <see cref="IdentitySet.MaxCount"/> are remembered. Once a run of ids has each been one more than
/// the one before, the venue evidently counts its trades, and a window of bits behind the newest id takes over: less memory, no
/// horizon. An id before that window counts as seen, unless it is later in time: then the venue has begun to count anew.
/// </remarks>
internal sealed class TradeDeduplicator
{
    /// <summary>Random ids do not follow each other so often; a venue that counts does within a minute.</summary>
    private const int ProofOfCounting = 64;

    private IdentitySet? _identities = new();
    private SequenceWindow? _window;
    private long _lastId;
    private long _highestId = long.MinValue;
    private int _run;

    /// <summary>How many trades were ignored because they had been seen.</summary>
    public long Duplicates { get; private set; }

    /// <summary>True for an id that was not seen before.</summary>
    public bool IsNew(long id, long venueTime)
    {
        var isNew = _window is null ? AddIdentity(id, venueTime) : AddCounted(id, venueTime);
        Duplicates += isNew ? 0 : 1;
        return isNew;
    }

    private bool AddIdentity(long id, long venueTime)
    {
        if (!_identities!.Add(id))
        {
            return false;
        }

        _run = id - 1 == _lastId ? _run + 1 : 0;
        _lastId = id;
        _highestId = Math.Max(id, _highestId);
        if (_run >= ProofOfCounting)
        {
            // What was missed is told after what followed it: then higher ids were seen already.
            var isNear = (ulong)(_highestId - id) < SequenceWindow.Length;
            _window = new SequenceWindow(isNear ? _highestId : id, venueTime, _identities);
            _identities = null;
        }

        return true;
    }

    private bool AddCounted(long id, long venueTime)
    {
        if (!_window!.CountsAnew(id, venueTime))
        {
            return _window.Add(id, venueTime);
        }

        (_identities, _window, _run, _highestId) = (new IdentitySet(), null, 0, long.MinValue);
        return AddIdentity(id, venueTime);
    }
}
