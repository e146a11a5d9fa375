namespace Omnibook.History;

/// <summary>An alert as it is kept.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Definition">What it waits for, as JSON.</param>
/// <param name="CreatedAtMs">When it was created, in milliseconds since the Unix epoch.</param>
/// <param name="Parts">How far its parts are; those that never told anything are absent.</param>
public sealed record StoredAlert(string Id, string Definition, long CreatedAtMs, IReadOnlyList<AlertPartState> Parts);

/// <summary>How far a part of an alert is: the whole composite, or one of its instruments.</summary>
/// <param name="Part">Which part; empty for the whole.</param>
/// <param name="IsArmed">Whether it tells when its condition holds the next time.</param>
/// <param name="FiredAt">When it told something last, in nanoseconds since the Unix epoch by the market's clock; 0 for never.</param>
public sealed record AlertPartState(string Part, bool IsArmed, long FiredAt);

/// <summary>Something that an alert told.</summary>
/// <param name="Number">Its identity: 1, 2, 3 … for ever.</param>
/// <param name="AlertId">Whose it is.</param>
/// <param name="AtMs">When, in milliseconds since the Unix epoch.</param>
/// <param name="Facts">What it told, as the inside of a JSON object.</param>
public sealed record AlertEvent(long Number, string AlertId, long AtMs, string Facts);

/// <summary>An event on its way to a webhook.</summary>
/// <param name="Event">What is to be delivered.</param>
/// <param name="Definition">The alert's definition, which says where to.</param>
/// <param name="Attempts">How often that was tried.</param>
public sealed record AlertDelivery(AlertEvent Event, string Definition, int Attempts);
