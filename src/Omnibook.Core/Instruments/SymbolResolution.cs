namespace Omnibook.Core.Instruments;

/// <summary>What a spelling means at a venue. Never a guess: either exactly one instrument, or none and what may have been meant.</summary>
/// <param name="Listing">The instrument; null when there is none, or more than one.</param>
/// <param name="Candidates">What may have been meant, the likeliest first, at most ten; empty when found.</param>
public readonly record struct SymbolResolution(InstrumentListing? Listing, IReadOnlyList<InstrumentListing> Candidates);
