using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Instruments;

namespace Omnibook.Server.Apis.MarketData;

/// <summary>Finds what a path names: an exchange, a feature of it, an instrument. Whatever is not there is refused with what is.</summary>
internal sealed class Exchanges(ExchangeSources sources)
{
    private const int LongestName = 64;

    /// <summary>Every exchange that is served now.</summary>
    public IReadOnlyList<ServedExchange> Served => [.. ExchangeName.All.Select(sources.Find).OfType<ServedExchange>()];

    /// <summary>Finds an exchange that has a feature. Letter case does not matter.</summary>
    public bool TryFind(
        string name, Feature feature, [NotNullWhen(true)] out ServedExchange? exchange, [NotNullWhen(false)] out Refusal? refusal)
    {
        var known = ExchangeName.All.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        exchange = known is null ? null : sources.Find(known);
        refusal = exchange is null ? NotFound(NotServed(name, known))
            : feature.IsOffered(exchange.Has) ? null
            : NotFound($"Exchange '{exchange.Name.Name}' has no {feature.Words}; {Others(feature)}");
        return refusal is null;
    }

    /// <summary>Finds an instrument of an exchange that has a feature.</summary>
    public bool TryFind(
        string name, string symbol, Feature feature, [NotNullWhen(true)] out AskedInstrument? asked, [NotNullWhen(false)] out Refusal? refusal)
    {
        asked = null;
        return TryFind(name, feature, out var exchange, out refusal) && TryResolve(exchange, symbol, out asked, out refusal);
    }

    /// <summary>Finds an instrument by any of its usual spellings; never guesses.</summary>
    public static bool TryResolve(
        ServedExchange exchange, string symbol, [NotNullWhen(true)] out AskedInstrument? asked, [NotNullWhen(false)] out Refusal? refusal)
    {
        (asked, refusal) = (null, null);
        var spelling = symbol.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase); // Routing leaves an escaped slash as it is.
        if (exchange.Resolve is not { } resolve)
        {
            refusal = new Refusal(StatusCodes.Status503ServiceUnavailable, $"The instruments of exchange '{exchange.Name.Name}' are not known yet: {exchange.Pending}");
            return false;
        }

        var found = spelling.Length <= LongestName ? resolve(spelling) : new SymbolResolution(null, []);
        if (found.Listing is null)
        {
            refusal = NotFound(UnknownSymbol(exchange, spelling, found.Candidates));
            return false;
        }

        asked = new AskedInstrument(exchange, found.Listing, EchoOf(spelling, found.Listing));
        return true;
    }

    /// <summary>
    /// What was asked for, in upper case. A coin of a builder dex is echoed as its venue writes it: the case of the dex's name counts there.
    /// </summary>
    private static string EchoOf(string asked, InstrumentListing listing) =>
        listing.Symbol.Contains(':', StringComparison.Ordinal) ? listing.Symbol : asked.ToUpperInvariant();

    private static Refusal NotFound(string detail) => new(StatusCodes.Status404NotFound, detail);

    private static string UnknownSymbol(ServedExchange exchange, string symbol, IReadOnlyList<InstrumentListing> candidates)
    {
        var which = $"Symbol '{Shorten(symbol)}' is not known at exchange '{exchange.Name.Name}'";
        return candidates.Count == 0
            ? $"{which}, and nothing there is like it"
            : $"{which}; there is {string.Join(", ", candidates.Select(candidate => candidate.Symbol))}";
    }

    private static string Shorten(string text) => text.Length <= LongestName ? text : string.Concat(text.AsSpan(0, LongestName), "…");

    private string NotServed(string name, ExchangeName? known) => known is null
        ? $"Exchange '{Shorten(name)}' is not supported ({Names(Served)})"
        : $"Exchange '{known.Name}' is not followed by this server ({Names(Served)})";

    private string Others(Feature feature) => Served.Where(exchange => feature.IsOffered(exchange.Has)).ToList() is { Count: > 0 } others
        ? $"there is {Names(others)}"
        : "no exchange that is served here has";

    private static string Names(IEnumerable<ServedExchange> exchanges) => string.Join(", ", exchanges.Select(exchange => exchange.Name.Name));
}
