namespace Omnibook.Core.Flow;

/// <summary>The four prices of a candle, whatever the order in which its trades come. Prices in units, moments in nanoseconds.</summary>
internal struct CandlePrices
{
    /// <summary>Price of the earliest trade.</summary>
    public long Open { get; private set; }

    /// <summary>Highest price.</summary>
    public long High { get; private set; }

    /// <summary>Lowest price.</summary>
    public long Low { get; private set; }

    /// <summary>Price of the latest trade.</summary>
    public long Close { get; private set; }

    /// <summary>When the earliest trade was.</summary>
    public long FirstAt { get; private set; }

    /// <summary>When the latest trade was.</summary>
    public long LastAt { get; private set; }

    /// <summary>Whether there was a trade at all: prices are positive.</summary>
    public readonly bool IsEmpty => High == 0;

    /// <summary>Takes a trade. Of several at one moment the first that came opens and the last that came closes.</summary>
    public void Add(long price, long at) => Add(new CandlePrices { Open = price, High = price, Low = price, Close = price, FirstAt = at, LastAt = at });

    /// <summary>Takes what another candle has.</summary>
    public void Add(in CandlePrices other)
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
