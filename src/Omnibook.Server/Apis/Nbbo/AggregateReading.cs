using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>The aggregate book at one moment, rendered.</summary>
/// <param name="Frame">The message; the receiver releases it.</param>
/// <param name="Usable">How many members took part.</param>
/// <param name="IsTwoSided">Whether the aggregate has a best bid and a best ask.</param>
internal readonly record struct AggregateReading(Frame Frame, int Usable, bool IsTwoSided);
