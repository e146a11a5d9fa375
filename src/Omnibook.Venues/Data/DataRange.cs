using Omnibook.Core.Events;

namespace Omnibook.Venues.Data;

/// <summary>
/// Which rows of a list are wanted. With <see cref="From"/>: the first <see cref="Limit"/> at or after it. Without: the newest
/// <see cref="Limit"/>. Never any after <see cref="To"/>. What a venue caps is asked for in pages.
/// </summary>
/// <param name="Limit">At most so many rows, at least 1.</param>
/// <param name="From">Time of the oldest, included; null for the newest.</param>
/// <param name="To">Time of the newest, included; null for now.</param>
public readonly record struct DataRange(int Limit, Timestamp? From = null, Timestamp? To = null);
