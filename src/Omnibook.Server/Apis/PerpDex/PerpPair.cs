using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.MarketData;

namespace Omnibook.Server.Apis.PerpDex;

/// <summary>A coin's perpetual at every dex that lists it.</summary>
/// <param name="Name">What the dialect calls it: <c>BTC-USD</c>, upper case.</param>
/// <param name="Listings">Where it is, in the dialect's order of dexes.</param>
/// <param name="Missing">Why dexes that may list it are left out, in words; empty when none is.</param>
internal sealed record PerpPair(string Name, IReadOnlyList<DexListing> Listings, IReadOnlyList<string> Missing)
{
    private const string Quote = "-USD";

    /// <summary>The pair of an instrument: <c>BTC</c> is <c>BTC-USD</c>.</summary>
    public static string NameOf(Instrument instrument) => instrument.Symbol.ToUpperInvariant() + Quote;

    /// <summary>The coin of a pair in upper case, or null for what is no pair.</summary>
    public static string? CoinOf(string name) =>
        name.Length > Quote.Length && name.EndsWith(Quote, StringComparison.OrdinalIgnoreCase) ? name[..^Quote.Length].ToUpperInvariant() : null;
}

/// <summary>A pair at one dex.</summary>
/// <param name="Dex">The dex.</param>
/// <param name="Listing">What it says of the perpetual.</param>
internal sealed record DexListing(ServedExchange Dex, InstrumentListing Listing);
