using System.Runtime.CompilerServices;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues;

/// <summary>Levels of one side of one frame, in an array that is kept. Frames are bounded by <see cref="VenueRules.MaxFrameBytes"/>, and so is this.</summary>
internal sealed class LevelBuffer
{
    private Level[] _levels = new Level[1024];
    private int _count;

    public ReadOnlySpan<Level> Levels => _levels.AsSpan(0, _count);

    public void Clear() => _count = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long price, long quantity)
    {
        if (_count == _levels.Length)
        {
            Array.Resize(ref _levels, _levels.Length * 2);
        }

        _levels[_count++] = new Level(new Price(price), new Quantity(quantity));
    }
}
