using Omnibook.Core.Instruments;

namespace Omnibook.Core.Consolidation;

/// <summary>The best bid or ask of a composite.</summary>
/// <param name="Price">The best price of all live members, in the composite's price scale.</param>
/// <param name="Quantity">
/// What <paramref name="Instrument"/> has there, in the composite's quantity scale. <see cref="ConsolidatedBook.CopyTo"/> adds the other
/// members that stand at the same price.
/// </param>
/// <param name="Instrument">The member that has it; at equal prices the first of the configured order.</param>
public readonly record struct ConsolidatedBest(Price Price, Quantity Quantity, Instrument Instrument);
