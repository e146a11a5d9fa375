using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.MarketData;

namespace Omnibook.Server.Apis.PerpDex;

/// <summary>The dexes of the dialect, and what a pair is there.</summary>
internal sealed class Dexes(ExchangeSources sources)
{
    private const int LongestName = 32;

    /// <summary>The dexes in the dialect's order: where two show the same price, the first one is named.</summary>
    public static IReadOnlyList<ExchangeName> All { get; } =
        [.. new[] { "hyperliquid", "lighter" }.Select(key => ExchangeName.All.First(exchange => exchange.Venue.Key == key))];

    /// <summary>Those that this server follows.</summary>
    public IReadOnlyList<ServedExchange> Served => [.. All.Select(sources.Find).OfType<ServedExchange>()];

    /// <summary>Whether an instrument is a pair of the dialect.</summary>
    public static bool IsPair(Instrument instrument) =>
        IsPerpetual(instrument.Listing) && All.Any(dex => dex.Venue == instrument.Venue);

    /// <summary>Finds a pair in any letter case. Only a perpetual that bears exactly the coin's name counts: nothing is guessed.</summary>
    public bool TryFind(string text, [NotNullWhen(true)] out PerpPair? pair, [NotNullWhen(false)] out Refusal? refusal)
    {
        pair = null;
        if (text.Length > LongestName || PerpPair.CoinOf(text) is not { } coin)
        {
            refusal = NotFound($"'{Shorten(text)}' is no pair; pairs are written as BTC-USD");
            return false;
        }

        var (listings, missing, candidates) = (new List<DexListing>(), new List<string>(), new List<string>());
        foreach (var dex in Served)
        {
            if (dex.Resolve is not { } resolve)
            {
                missing.Add($"{dex.Name.Name}: its instruments are not known yet: {dex.Pending}");
            }
            else if (resolve(coin) is var found && found.Listing is { } listing && IsNamed(listing, coin))
            {
                listings.Add(new DexListing(dex, listing));
            }
            else
            {
                candidates.AddRange(found.Candidates.Where(IsPerpetual).Select(candidate => candidate.Symbol.ToUpperInvariant() + "-USD"));
            }
        }

        pair = listings.Count > 0 ? new PerpPair(coin + "-USD", listings, missing) : null;
        refusal = pair is null ? Unknown(coin, missing, candidates) : null;
        return pair is not null;
    }

    private static bool IsNamed(InstrumentListing listing, string coin) =>
        IsPerpetual(listing) && string.Equals(listing.Symbol, coin, StringComparison.OrdinalIgnoreCase);

    /// <summary>Those of builder dexes at Hyperliquid have the dex before a colon: other markets, though the coin be the same.</summary>
    private static bool IsPerpetual(InstrumentListing listing) =>
        listing.Kind == InstrumentKind.Perpetual && !listing.Symbol.Contains(':', StringComparison.Ordinal);

    private Refusal Unknown(string coin, List<string> missing, List<string> candidates)
    {
        if (missing.Count > 0)
        {
            return new Refusal(StatusCodes.Status503ServiceUnavailable, string.Join("; ", missing));
        }

        var names = string.Join(", ", Served.Select(dex => dex.Name.Name));
        var which = names.Length == 0 ? $"this server follows none of {string.Join(", ", All.Select(dex => dex.Name))}" : $"Pair '{coin}-USD' is not known at {names}";
        return NotFound(candidates.Count == 0 ? which : $"{which}; there is {string.Join(", ", candidates.Distinct(StringComparer.Ordinal).Take(10))}");
    }

    private static Refusal NotFound(string detail) => new(StatusCodes.Status404NotFound, detail);

    private static string Shorten(string text) => text.Length <= LongestName ? text : string.Concat(text.AsSpan(0, LongestName), "…");
}
