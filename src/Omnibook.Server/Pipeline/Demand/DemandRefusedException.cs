namespace Omnibook.Server.Pipeline.Demand;

/// <summary>Why something is not followed.</summary>
internal enum DemandRefusal
{
    /// <summary>The venue is switched off, or unknown.</summary>
    VenueNotFollowed,

    /// <summary>The venue streams no candles of this length.</summary>
    CandlesNotStreamed,

    /// <summary>As much as is allowed is followed at this venue already, and all of it is in use.</summary>
    Full,
}

/// <summary>Something is not followed, and will not be.</summary>
/// <param name="refusal">Why.</param>
/// <param name="message">The same in words that a person can act on.</param>
internal sealed class DemandRefusedException(DemandRefusal refusal, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public DemandRefusal Refusal { get; } = refusal;
}
