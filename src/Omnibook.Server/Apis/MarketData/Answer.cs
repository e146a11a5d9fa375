using Omnibook.Core.Events;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>Rows of a venue's answer, with the moment before which they cannot have been made.</summary>
/// <param name="AskedAt">When the venue was asked, by our clock: what was over by then is complete in the answer.</param>
/// <param name="List">The rows, oldest first.</param>
internal sealed record Answer<T>(Timestamp AskedAt, IReadOnlyList<T> List) : ISizedAnswer
{
    /// <inheritdoc />
    public int Rows => List.Count;
}
