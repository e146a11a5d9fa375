using Omnibook.Core.Events;

namespace Omnibook.Venues.Hyperliquid;

/// <summary>What a book brought.</summary>
internal enum BookProgress
{
    /// <summary>It is later than every one before.</summary>
    Later,

    /// <summary>It is of the same block as one before, or of an earlier one.</summary>
    None,

    /// <summary>The same time has come for so long that the venue must have stopped following the coin.</summary>
    Frozen,
}

/// <summary>
/// Watches the time that stands in each book. Builder dexes have gone silent while the socket went on
/// (nautechsystems/nautilus_trader#4298): a book whose time stands still is no sign of life of its stream, and once it has stood
/// still for <see cref="HyperliquidRules.BookQuietLimit"/> it is not delivered either, so that nothing makes it live again.
/// </summary>
internal sealed class FrozenBooks(int streams)
{
    private readonly long[] _newest = new long[streams];
    private readonly Timestamp[] _since = new Timestamp[streams];

    /// <summary>Takes the time of a book; a book of no stream is always later.</summary>
    public BookProgress Judge(int stream, long time, Timestamp receivedAt)
    {
        if (stream < 0)
        {
            return BookProgress.Later;
        }

        if (time > _newest[stream])
        {
            _newest[stream] = time;
            _since[stream] = receivedAt;
            return BookProgress.Later;
        }

        return receivedAt - _since[stream] > HyperliquidRules.BookQuietLimit ? BookProgress.Frozen : BookProgress.None;
    }
}
