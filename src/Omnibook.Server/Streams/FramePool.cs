namespace Omnibook.Server.Streams;

/// <summary>Frames that nobody reads any more, kept for the next rendering. Bounded: what does not fit is left to the collector.</summary>
internal sealed class FramePool
{
    private const int SmallestFrame = 1024;
    private const int LargestKept = 256 * 1024;
    private readonly Lock _gate = new();
    private readonly Frame[] _free = new Frame[256];
    private int _count;

    /// <summary>An empty frame with some room.</summary>
    public Frame Rent()
    {
        lock (_gate)
        {
            if (_count > 0)
            {
                return _free[--_count];
            }
        }

        return new Frame(this, SmallestFrame);
    }

    /// <summary>Takes back a frame that has no reader left.</summary>
    public void Return(Frame frame)
    {
        if (frame.Buffer.Length > LargestKept)
        {
            return;
        }

        lock (_gate)
        {
            if (_count < _free.Length)
            {
                _free[_count++] = frame;
            }
        }
    }
}
