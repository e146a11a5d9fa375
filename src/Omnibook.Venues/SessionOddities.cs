namespace Omnibook.Venues;

/// <summary>What a session met that is odd, but no reason to refuse a frame. Counted since the session began.</summary>
/// <param name="UnknownTimes">Moments outside the years 2009 to 2199, replaced by "unknown".</param>
/// <param name="DuplicateKeys">Keys that came twice in one object; the last one counted.</param>
/// <param name="GeneralFrames">Market data read by the general parser because its layout was not the usual one.</param>
public readonly record struct SessionOddities(long UnknownTimes, long DuplicateKeys, long GeneralFrames);
