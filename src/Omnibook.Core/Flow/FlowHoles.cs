using Omnibook.Core.Events;

namespace Omnibook.Core.Flow;

/// <summary>Spans of time in which an instrument was not followed, so that trades may be missing: the latest, in a list that never changes.</summary>
internal sealed class FlowHoles
{
    private const int MostKept = 64;

    private readonly (Timestamp From, Timestamp To)[] _spans;

    private FlowHoles((Timestamp From, Timestamp To)[] spans) => _spans = spans;

    /// <summary>None.</summary>
    public static FlowHoles None { get; } = new([]);

    /// <summary>The same and one more.</summary>
    public FlowHoles With(Timestamp from, Timestamp to) => new([.. _spans.TakeLast(MostKept - 1), (from, to)]);

    /// <summary>Whether one of them touches a span, whose end does not belong to it.</summary>
    public bool Touch(Timestamp from, Timestamp to) => Array.Exists(_spans, span => span.From < to && span.To >= from);
}
