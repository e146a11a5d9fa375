namespace Omnibook.Core.Instruments;

/// <summary>
/// Every instrument that one venue lists, found by any common spelling or not at all. Never changes; a new list is a new directory.
/// </summary>
/// <remarks>
/// The order of precedence, each step only where the one before found nothing: the venue's own symbol; the same without regard to letter
/// case and separators; what the spelling says of dex, asset, units, quote and kind. A dated future is found by its own symbol alone.
/// </remarks>
public sealed class InstrumentDirectory
{
    private readonly SpellingRules _rules;
    private readonly SpellingReader _reader;
    private readonly Dictionary<string, InstrumentListing> _bySymbol;
    private readonly ILookup<string, InstrumentListing> _byLetters;
    private readonly ILookup<string, InstrumentListing> _byAsset;

    /// <summary>Arranges what a venue lists.</summary>
    /// <param name="listings">All of it. Of two with one symbol the first counts.</param>
    /// <param name="rules">What is meant where something is left out.</param>
    public InstrumentDirectory(IReadOnlyList<InstrumentListing> listings, SpellingRules rules)
    {
        _rules = rules;
        Listings = [.. listings.DistinctBy(listing => listing.Symbol, StringComparer.Ordinal)];
        _bySymbol = Listings.ToDictionary(listing => listing.Symbol, StringComparer.Ordinal);
        _byLetters = Listings.ToLookup(listing => LettersOf(listing.Symbol), StringComparer.Ordinal);
        _byAsset = Listings.ToLookup(listing => Asset.Of(listing).Name, StringComparer.Ordinal);
        _reader = new SpellingReader([.. Listings.Select(listing => listing.Pair.Quote.ToUpperInvariant()).Concat(rules.AnyDollar).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>All of them, in the venue's order.</summary>
    public IReadOnlyList<InstrumentListing> Listings { get; }

    /// <summary>What a text means here.</summary>
    public SymbolResolution Resolve(string text)
    {
        text = text.Trim();
        if (_bySymbol.TryGetValue(text, out var own))
        {
            return Found(own);
        }

        var capitals = text.ToUpperInvariant();
        var meant = _byLetters[LettersOf(text)].ToArray();
        if (meant.Length == 0)
        {
            meant = [.. _reader.Read(capitals).SelectMany(Matches).Distinct()];
        }

        meant = Likelier(meant, listing => listing.Status != InstrumentStatus.Delisted);
        return meant is [var one] ? Found(one) : new SymbolResolution(null, NearSymbols.Of(capitals, meant.Concat(OfSameAsset(capitals)), Listings));
    }

    /// <summary>Whatever has an asset that a part of the text names.</summary>
    private IEnumerable<InstrumentListing> OfSameAsset(string capitals) => capitals.Split(':')
        .SelectMany(_reader.Read)
        .SelectMany(spelling => _byAsset[spelling.Asset.Name])
        .OrderBy(listing => (listing.Status, listing.Kind == InstrumentKind.Future));

    private static SymbolResolution Found(InstrumentListing listing) => new(listing, []);

    private static string LettersOf(string symbol) =>
        string.Concat(symbol.Where(letter => letter is not ('-' or '_' or '/' or ' '))).ToUpperInvariant();

    /// <summary>What one reading may mean: one listing, or those between which the text does not decide.</summary>
    private InstrumentListing[] Matches(Spelling spelling)
    {
        InstrumentListing[] found =
        [
            .. _byAsset[spelling.Asset.Name].Where(listing => Asset.Of(listing).Units == spelling.Asset.Units
                && listing.Kind != InstrumentKind.Future
                && IsOf(listing, spelling.Dex)
                && (spelling.Kind is null || listing.Kind == spelling.Kind)
                && (spelling.Quote is null || IsQuotedIn(listing, spelling.Quote))),
        ];
        found = Likelier(found, listing => listing.Status != InstrumentStatus.Delisted);
        if (spelling.Kind is null)
        {
            found = Likelier(found, listing => listing.Kind == _rules.PrincipalKind);
        }

        return spelling.Quote is null ? Likelier(found, listing => listing.Pair.Quote == _rules.PrincipalQuote) : found;
    }

    private bool IsQuotedIn(InstrumentListing listing, string quote) =>
        string.Equals(listing.Pair.Quote, quote, StringComparison.OrdinalIgnoreCase)
        || (listing.Kind == InstrumentKind.Perpetual && _rules.AnyDollar.Contains(quote, StringComparer.Ordinal));

    private static bool IsOf(InstrumentListing listing, string? dex)
    {
        var colon = listing.Symbol.IndexOf(':', StringComparison.Ordinal);
        return dex is null ? colon < 0 : colon == dex.Length && listing.Symbol.StartsWith(dex, StringComparison.OrdinalIgnoreCase);
    }

    private static InstrumentListing[] Likelier(InstrumentListing[] found, Predicate<InstrumentListing> isLikelier) =>
        found.Length > 1 && Array.FindAll(found, isLikelier) is { Length: > 0 } likelier ? likelier : found;
}
