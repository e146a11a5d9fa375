namespace Omnibook.Core.Instruments;

/// <summary>
/// An asset and how many of it are counted as one: <c>1000PEPE</c>, <c>kPEPE</c>, <c>1MBABYDOGE</c>, <c>SHIB1000</c>. Venues name the same
/// contract in each of these ways; a contract on one PEPE is another, whose price is a thousandth.
/// </summary>
/// <param name="Name">The asset, in capitals.</param>
/// <param name="Units">How many make one.</param>
internal readonly record struct Asset(string Name, decimal Units)
{
    private static readonly (string Mark, decimal Units)[] Marks =
        [("1000000", 1_000_000), ("100000", 100_000), ("10000", 10_000), ("1000", 1_000), ("1M", 1_000_000)];

    /// <summary>
    /// The asset of a listing. The multiplier alone does not say it: a contract on 0.01 BTC is priced by the whole one, while the price of
    /// <c>kPEPE</c> is that of a thousand.
    /// </summary>
    public static Asset Of(InstrumentListing listing) =>
        listing.Symbol == $"k{listing.Pair.Base}"
            ? new Asset(listing.Pair.Base.ToUpperInvariant(), listing.Multiplier)
            : Marked(listing.Pair.Base.ToUpperInvariant());

    /// <summary>Every way to read a name in capitals, the plainest first.</summary>
    public static IEnumerable<Asset> Readings(string name)
    {
        var marked = Marked(name);
        yield return marked;
        if (marked.Units == 1 && name is ['K', >= 'A' and <= 'Z', ..])
        {
            yield return new Asset(name[1..], 1_000);
        }
    }

    // A name that begins with a digit need not be marked: 1INCH.
    private static Asset Marked(string name)
    {
        foreach (var (mark, units) in Marks)
        {
            if (name.Length > mark.Length + 1 && name.StartsWith(mark, StringComparison.Ordinal) && char.IsLetter(name[mark.Length]))
            {
                return new Asset(name[mark.Length..], units);
            }

            if (char.IsDigit(mark[^1]) && name.EndsWith(mark, StringComparison.Ordinal) && name.Length > mark.Length && char.IsLetter(name[^(mark.Length + 1)]))
            {
                return new Asset(name[..^mark.Length], units);
            }
        }

        return new Asset(name, 1);
    }
}
