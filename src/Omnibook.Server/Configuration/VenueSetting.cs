namespace Omnibook.Server.Configuration;

/// <summary>Settings that exist once for each venue or composite.</summary>
internal static class VenueSetting
{
    public const string Rest = "Rest";
    public const string Socket = "Socket";
    public const string Enabled = "Enabled";
    public const string Symbols = "Symbols";
    public const string Key = "Key";

    /// <summary>What is shown in place of a key.</summary>
    public const string Hidden = "(hidden)";

    /// <summary>What can be set of a venue.</summary>
    public static readonly IReadOnlyList<string> Fields = [Rest, Socket, Enabled, Symbols, Key];

    /// <summary>Variables that have always moved the socket of a venue. The venue's own variable is stronger.</summary>
    public static readonly IReadOnlyList<(string Variable, string Venue)> SocketAliases =
        [("BINANCE_WS_URL", "binance-spot"), ("COINBASE_WS_URL", "coinbase")];

    /// <summary>The path of a venue's setting: <c>Venues:binance-usdm:Rest</c>.</summary>
    public static string Path(string venue, string field) => $"Venues:{venue}:{field}";

    /// <summary>The variable of a venue's setting: <c>VENUE__BINANCE_USDM__REST</c>.</summary>
    public static string Variable(string venue, string field) =>
        $"VENUE__{venue.Replace('-', '_').ToUpperInvariant()}__{field.ToUpperInvariant()}";
}

/// <summary>The fees of the venues. Binance's spot market is <c>BINANCE</c> in variables, as it always was.</summary>
internal static class FeeSetting
{
    /// <summary>Beginning of every variable of a taker's fee.</summary>
    public const string TakerPrefix = "FEE_BPS_";

    /// <summary>Beginning of every variable of a maker's fee.</summary>
    public const string MakerPrefix = "MAKER_FEE_BPS_";

    /// <summary>The path of the taker's fee: <c>Fees:coinbase</c>.</summary>
    public static string TakerPath(string venue) => $"Fees:{venue}";

    /// <summary>The path of the maker's fee: <c>MakerFees:coinbase</c>.</summary>
    public static string MakerPath(string venue) => $"MakerFees:{venue}";

    /// <summary>How variables call a venue: <c>BINANCE</c>, <c>BINANCE_USDM</c>, <c>COINBASE</c>.</summary>
    public static string NameOf(string venue) => venue == "binance-spot" ? "BINANCE" : venue.Replace('-', '_').ToUpperInvariant();
}

/// <summary>Settings of the composites.</summary>
internal static class CompositeSetting
{
    /// <summary>Beginning of every composite's path.</summary>
    public const string Prefix = "Composites:";

    /// <summary>Beginning of every composite's variable: <c>COMPOSITE__BTC</c>.</summary>
    public const string VariablePrefix = "COMPOSITE__";
}
