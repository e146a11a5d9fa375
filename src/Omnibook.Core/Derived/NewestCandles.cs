using Omnibook.Core.Events;

namespace Omnibook.Core.Derived;

/// <summary>The newest candle of each interval of one instrument, and what of a stream is news.</summary>
internal sealed class NewestCandles
{
    // A handful at most: one for each interval that somebody follows.
    private readonly List<CandleUpdate> _newest = [];

    /// <summary>The newest candle of an interval, or null.</summary>
    public CandleUpdate? Find(CandleInterval interval) => IndexOf(interval) is var index and >= 0 ? _newest[index] : null;

    /// <summary>Keeps no candle of an interval any more.</summary>
    public void Forget(CandleInterval interval)
    {
        if (IndexOf(interval) is var index and >= 0)
        {
            _newest.RemoveAt(index);
        }
    }

    /// <summary>
    /// Takes a candle that is news: of a later time, or changed. That a candle is over is therefore told once, and again only where
    /// the venue corrects it; what comes late for a candle that is over is left out.
    /// </summary>
    public bool TryTake(in CandleUpdate candle)
    {
        var index = IndexOf(candle.Interval);
        if (index < 0)
        {
            _newest.Add(candle);
            return true;
        }

        var known = _newest[index];
        if (!IsNews(candle, known))
        {
            return false;
        }

        _newest[index] = candle;
        return true;
    }

    private static bool IsNews(in CandleUpdate candle, in CandleUpdate known)
    {
        if (candle.Start != known.Start)
        {
            return candle.Start > known.Start;
        }

        var isSame = candle with { Times = known.Times, IsClosed = known.IsClosed } == known;
        return known.IsClosed is true ? candle.IsClosed is true && !isSame : candle.IsClosed is true || !isSame;
    }

    private int IndexOf(CandleInterval interval)
    {
        for (var i = 0; i < _newest.Count; i++)
        {
            if (ReferenceEquals(_newest[i].Interval, interval))
            {
                return i;
            }
        }

        return -1;
    }
}
