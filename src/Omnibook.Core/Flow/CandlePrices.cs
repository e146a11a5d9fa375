namespace Omnibook.Core.Flow;

/// <summary>The four prices of a candle, whatever the order in which its trades come. Prices in units, moments in nanoseconds by the venue's clock.</summary>
/// <param name="open">Price of the earliest trade.</param>
/// <param name="high">Highest price.</param>
/// <param name="low">Lowest price.</param>
/// <param name="close">Price of the latest trade.</param>
/// <param name="firstAt">When the earliest trade was.</param>
/// <param name="lastAt">When the latest trade was.</param>
public struct CandlePrices(long open, long high, long low, long close, long firstAt, long lastAt)
{
    /// <summary>Price of the earliest trade.</summary>
    public long Open { get; private set; } = open;

    /// <summary>Highest price.</summary>
    public long High { get; private set; } = high;

    /// <summary>Lowest price.</summary>
    public long Low { get; private set; } = low;

    /// <summary>Price of the latest trade.</summary>
    public long Close { get; private set; } = close;

    /// <summary>When the earliest trade was.</summary>
    public long FirstAt { get; private set; } = firstAt;

    /// <summary>When the latest trade was.</summary>
    public long LastAt { get; private set; } = lastAt;

    /// <summary>Whether there was no trade at all: prices are positive.</summary>
    public readonly bool IsEmpty => High == 0;

    /// <summary>Takes a trade. Of several at one moment the first that came opens and the last that came closes.</summary>
    internal void Add(long price, long at) => Add(new CandlePrices(price, price, price, price, at, at));

    /// <summary>Takes what another candle has, whose trades came later where they were at the same moment.</summary>
    internal void Add(in CandlePrices other)
    {
        if (IsEmpty)
        {
            this = other;
            return;
        }

        (Open, FirstAt) = other.FirstAt < FirstAt ? (other.Open, other.FirstAt) : (Open, FirstAt);
        (Close, LastAt) = other.LastAt >= LastAt ? (other.Close, other.LastAt) : (Close, LastAt);
        High = Math.Max(High, other.High);
        Low = Math.Min(Low, other.Low);
    }
}
