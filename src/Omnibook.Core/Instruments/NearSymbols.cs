namespace Omnibook.Core.Instruments;

/// <summary>What may have been meant by a text that means nothing, or more than one thing.</summary>
internal static class NearSymbols
{
    private const int Most = 10;
    private const int FarAway = 4;

    // Longer texts are no symbols, and comparing costs the product of two lengths.
    private const int LongestText = 40;

    /// <summary>The likeliest first: what was meant in part, then those that begin alike or hold the text, then those with nearly the same letters.</summary>
    /// <param name="wanted">What was asked for, in capitals.</param>
    /// <param name="meant">What it says in part, the likeliest first.</param>
    /// <param name="all">What the venue lists.</param>
    public static IReadOnlyList<InstrumentListing> Of(string wanted, IEnumerable<InstrumentListing> meant, IReadOnlyList<InstrumentListing> all) =>
        [
            .. meant.Concat(all
                    .Select(listing => (Listing: listing, Distance: Distance(wanted, listing)))
                    .Where(candidate => candidate.Distance < FarAway)
                    .OrderBy(candidate => candidate.Distance)
                    .ThenBy(candidate => candidate.Listing.Status)
                    .ThenBy(candidate => candidate.Listing.Symbol.Length)
                    .ThenBy(candidate => candidate.Listing.Symbol, StringComparer.Ordinal)
                    .Select(candidate => candidate.Listing))
                .Distinct()
                .Take(Most),
        ];

    private static int Distance(string wanted, InstrumentListing listing)
    {
        if (wanted.Length is 0 or > LongestText)
        {
            return int.MaxValue;
        }

        var symbol = listing.Symbol.ToUpperInvariant();
        return symbol.StartsWith(wanted, StringComparison.Ordinal) || listing.Pair.Base.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0
            : symbol.Contains(wanted, StringComparison.Ordinal) ? 1
            : EditDistance(wanted, symbol);
    }

    /// <summary>Levenshtein: how many letters have to be changed, added or taken away; <see cref="FarAway"/> and more are not told apart.</summary>
    private static int EditDistance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > FarAway)
        {
            return FarAway;
        }

        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
