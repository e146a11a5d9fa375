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

    /// <summary>The path of a venue's setting: <c>Venues:binance-usdm:Rest</c>.</summary>
    public static string Path(string venue, string field) => $"Venues:{venue}:{field}";

    /// <summary>The variable of a venue's setting: <c>VENUE__BINANCE_USDM__REST</c>.</summary>
    public static string Variable(string venue, string field) =>
        $"VENUE__{venue.Replace('-', '_').ToUpperInvariant()}__{field.ToUpperInvariant()}";
}

/// <summary>Settings of the composites.</summary>
internal static class CompositeSetting
{
    /// <summary>Beginning of every composite's path.</summary>
    public const string Prefix = "Composites:";

    /// <summary>Beginning of every composite's variable: <c>COMPOSITE__BTC</c>.</summary>
    public const string VariablePrefix = "COMPOSITE__";
}
