using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.History.Recording;

/// <summary>A market at one moment, so that a replay can begin there.</summary>
/// <param name="At">The time of the last event before.</param>
/// <param name="Composites">What is served as one book.</param>
/// <param name="Books">Every book, whole.</param>
/// <param name="Beside">What those know who measure the market, as they want it back.</param>
public sealed record RecordingCheckpoint(Timestamp At, IReadOnlyList<Composite> Composites, IReadOnlyList<BookImage> Books, IReadOnlyList<long> Beside);
