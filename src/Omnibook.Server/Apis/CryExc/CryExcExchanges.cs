using System.Diagnostics.CodeAnalysis;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.MarketData;

namespace Omnibook.Server.Apis.CryExc;

/// <summary>The exchanges by the names of this dialect, in which <c>binancef</c> is Binance's USD-M futures and <c>binance</c> its spot market.</summary>
internal sealed class CryExcExchanges(ExchangeSources sources)
{
    /// <summary>What is meant where no exchange is named but one is needed.</summary>
    public const string Default = "binancef";

    private const int LongestName = 64;

    private static readonly Dictionary<string, string> DisplayNames = new(StringComparer.Ordinal)
    {
        [Default] = "Binance Futures",
        ["bybit"] = "Bybit",
        ["hyperliquid"] = "Hyperliquid",
        ["lighter"] = "Lighter",
        ["coinbase"] = "Coinbase",
        ["binance"] = "Binance Spot",
    };

    private static readonly ExchangeName[] Names =
    [
        new(Default, new VenueId("binance-usdm")),
        new("bybit", new VenueId("bybit")),
        new("hyperliquid", new VenueId("hyperliquid")),
        new("lighter", new VenueId("lighter")),
        new("coinbase", new VenueId("coinbase")),
        new("binance", new VenueId("binance-spot")),
    ];

    /// <summary>Every exchange that is served now.</summary>
    public IReadOnlyList<ServedExchange> Served => [.. Names.Select(sources.Find).OfType<ServedExchange>()];

    /// <summary>What people call an exchange.</summary>
    public static string DisplayName(string name) => DisplayNames[name];

    /// <summary>Finds an exchange. Letter case does not matter.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out ServedExchange? exchange, [NotNullWhen(false)] out Refusal? refusal)
    {
        var known = Array.Find(Names, candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        exchange = known is null ? null : sources.Find(known);
        refusal = exchange is null
            ? new Refusal(
                StatusCodes.Status404NotFound,
                $"Exchange '{Shorten(name)}' is not {(known is null ? "supported" : "followed by this server")} ({string.Join(", ", Served.Select(one => one.Name.Name))})")
            : null;
        return refusal is null;
    }

    /// <summary>Finds an instrument of an exchange. Its echo is what was asked for, in upper case.</summary>
    public bool TryFind(string name, string symbol, [NotNullWhen(true)] out AskedInstrument? asked, [NotNullWhen(false)] out Refusal? refusal)
    {
        asked = null;
        return TryFind(name, out var exchange, out refusal) && Exchanges.TryResolve(exchange, symbol, out asked, out refusal);
    }

    private static string Shorten(string name) => name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName), "…");
}
