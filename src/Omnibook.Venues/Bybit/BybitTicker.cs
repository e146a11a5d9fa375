using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// What the ticker of a contract has said so far. A snapshot begins it anew; a delta names only what changed, so an absent field
/// keeps its value. Empty text means "not applicable" (a dated contract pays no funding).
/// </summary>
internal record struct BybitTicker
{
    /// <summary>Mark price in units of <see cref="DerivedScales.Price"/>; 0 when unknown.</summary>
    public long Mark { get; set; }

    /// <summary>Index price in units of <see cref="DerivedScales.Price"/>; 0 when unknown.</summary>
    public long Index { get; set; }

    /// <summary>The running estimate of the next funding, in units of <see cref="DerivedScales.Rate"/>; null when there is none.</summary>
    public long? FundingRate { get; set; }

    /// <summary>When it is paid.</summary>
    public Timestamp NextFunding { get; set; }

    /// <summary>Hours from one funding to the next; 0 when unknown.</summary>
    public long FundingHours { get; set; }

    /// <summary>Which fields the frame had.</summary>
    public BybitTickerFields Named { get; set; }

    /// <summary>Open interest of one side, in the instrument's quantity scale.</summary>
    public long OpenInterest { get; set; }

    /// <summary>Whether the last frame had one of these fields.</summary>
    public readonly bool Has(BybitTickerFields fields) => (Named & fields) != BybitTickerFields.None;

    /// <summary>Gives what the last frame changed to <paramref name="batch"/>.</summary>
    public readonly void AddTo(EventBatch batch, InstrumentId instrument, EventTimes times)
    {
        if (Has(BybitTickerFields.Mark) && Mark > 0)
        {
            batch.On(new MarkPrice(instrument, new Price(Mark), new Price(Index), times));
        }

        if (Has(BybitTickerFields.Funding) && FundingRate is { } rate)
        {
            batch.On(new Funding(instrument, rate, NextFunding, TimeSpan.FromHours(FundingHours), times));
        }

        if (Has(BybitTickerFields.AnyOpenInterest))
        {
            batch.On(new OpenInterest(instrument, new Quantity(OpenInterest), times));
        }
    }
}

/// <summary>Groups of fields of a ticker.</summary>
[Flags]
internal enum BybitTickerFields
{
    /// <summary>Nothing that is followed.</summary>
    None = 0,

    /// <summary>Mark or index price.</summary>
    Mark = 1,

    /// <summary>Rate, time or interval of funding.</summary>
    Funding = 2,

    /// <summary>Open interest of both sides.</summary>
    BothSides = 4,

    /// <summary>Open interest of one side.</summary>
    OneSide = 8,

    /// <summary>Open interest, however counted.</summary>
    AnyOpenInterest = BothSides | OneSide,
}
