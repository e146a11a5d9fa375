namespace Omnibook.Core.Instruments;

/// <summary>One way to read a text as an instrument. What the text does not say is null.</summary>
/// <param name="Dex">The part of a venue that it names: <c>merrli</c> of <c>merrli:BTC</c>.</param>
/// <param name="Asset">What is counted, in one reading of its units.</param>
/// <param name="Quote">What prices count.</param>
/// <param name="Kind">Which kind of contract.</param>
internal readonly record struct Spelling(string? Dex, Asset Asset, string? Quote, InstrumentKind? Kind);
