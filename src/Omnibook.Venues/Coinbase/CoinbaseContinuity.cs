namespace Omnibook.Venues.Coinbase;

/// <summary>How a frame follows on the ones before.</summary>
internal enum FrameOrder
{
    /// <summary>Nothing is missing.</summary>
    Next,

    /// <summary>Something is missing, or counting began anew.</summary>
    Hole,

    /// <summary>It came before, or came late: its place was counted already.</summary>
    Old,
}

/// <summary>
/// Proves that no frame of a connection is missing. <c>sequence_num</c> rises by one with every frame of the socket, whatever its channel
/// (the venue's page says "per product"; the wire does not), and <c>heartbeat_counter</c> by one with every heartbeat.
/// https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-overview#sequence-numbers
/// </summary>
internal sealed class CoinbaseContinuity
{
    // So many old numbers in a row are no late frames: the venue began to count anew.
    private const int OldInARow = 8;

    private long _last = -1;
    private long _beat = -1;
    private int _old;

    /// <summary>Takes the number of a frame. The first one may be any.</summary>
    public FrameOrder Take(long number)
    {
        if (_last < 0 || number == _last + 1)
        {
            (_last, _old) = (number, 0);
            return FrameOrder.Next;
        }

        if (number <= _last && ++_old < OldInARow)
        {
            return FrameOrder.Old;
        }

        (_last, _old) = (number, 0);
        return FrameOrder.Hole;
    }

    /// <summary>Takes the number of a heartbeat. False when one is missing.</summary>
    public bool TakeHeartbeat(long counter)
    {
        var isNext = _beat < 0 || counter == _beat + 1;
        _beat = counter;
        return isNext;
    }

    /// <summary>A frame could not be read, and with it its number: the next one may be any.</summary>
    public void Forget() => (_last, _old, _beat) = (-1, 0, -1);
}
