namespace Omnibook.Core.Instruments;

/// <summary>What a venue's traders mean when they leave something out. docs/symbols.md tells the rules to users.</summary>
public sealed record SpellingRules
{
    /// <summary>Nothing may be left out.</summary>
    public static SpellingRules None { get; } = new();

    /// <summary>The quote that is meant where none is said and an asset has several: <c>BTC</c> is then <c>BTCUSDT</c>, not <c>BTCUSDC</c>.</summary>
    public string? PrincipalQuote { get; init; }

    /// <summary>The kind that is meant where none is said and an asset has several.</summary>
    public InstrumentKind PrincipalKind { get; init; } = InstrumentKind.Perpetual;

    /// <summary>
    /// Quotes that all mean the one quote which an asset's perpetual has here. Empty on venues where an asset has several, since a
    /// quote that was asked for is never replaced by another.
    /// </summary>
    public IReadOnlyList<string> AnyDollar { get; init; } = [];
}
