namespace Omnibook.Server.Redis;

/// <summary>A value that Redis is to have, and to tell.</summary>
/// <param name="Key">The key; a newer value of the same key replaces one that still waits.</param>
/// <param name="Value">The value, JSON in UTF-8.</param>
/// <param name="Life">How long it may be read. One that waited longer is not written any more.</param>
/// <param name="Channel">Where it is published as well; null for nowhere.</param>
/// <param name="At">When it was made, as <see cref="TimeProvider.GetTimestamp"/> tells it.</param>
internal sealed record RedisWrite(string Key, byte[] Value, TimeSpan Life, string? Channel, long At);
