using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Benchmarks.Decode;

/// <summary>The frames of one book in memory: what it begins with, what changes it, what it ends as.</summary>
internal sealed record DepthFrames
{
    /// <summary>What they are, in words.</summary>
    public required string Name { get; init; }

    /// <summary>Whose frames.</summary>
    public required IVenue Venue { get; init; }

    /// <summary>Whose book.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>The book that they begin with.</summary>
    public required byte[] Snapshot { get; init; }

    /// <summary>Whether <see cref="Snapshot"/> is the answer to a request, and no frame of the socket.</summary>
    public bool IsSnapshotAnswered { get; init; }

    /// <summary>The frames that change it.</summary>
    public required byte[][] Depth { get; init; }

    /// <summary>How many levels <see cref="Depth"/> carries.</summary>
    public required int Levels { get; init; }

    /// <summary>The fingerprint of the book after the last frame, see <c>BookDigest</c>.</summary>
    public required string ExpectedDigest { get; init; }

    /// <summary>When they are said to come, by our clock.</summary>
    public Timestamp ReceivedAt { get; init; } = Timestamp.FromMilliseconds(1_723_161_255_000);

    /// <summary>A session that knows the streams of the instrument.</summary>
    public IVenueSession OpenSession(Instrument instrument) =>
        Venue.OpenSession(new ConnectionPlan("benchmark", new Uri("capture:/"), StreamsOf(instrument)), _ => instrument);

    private StreamPlan[] StreamsOf(Instrument instrument) =>
        IsSnapshotAnswered ? [] : [.. Venue.Plan([instrument]).SelectMany(plan => plan.Streams).Where(stream => stream.Channel == Channel.Book).Take(1)];
}
