using Omnibook.Core.Instruments;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Server.Configuration;

/// <summary>Reads the settings of venues and composites.</summary>
internal sealed class VenueReader(SettingReader reader, IReadOnlyList<KnownVenue> known)
{
    /// <summary>The venue that <c>BINANCE_BASE_URL</c> moves.</summary>
    public const string BinanceFutures = "binance-usdm";

    private const int LongestCompositeName = 32;

    /// <summary>
    /// The venues that are on, each with its own symbols and those that a composite asks for. One that tells news needs none, nor one that is switched on
    /// by name: it is followed for what is asked for there.
    /// </summary>
    public IReadOnlyList<VenueOptions> Venues(IReadOnlyList<CompositeOptions> composites) =>
    [
        .. from venue in known
           let options = Venue(venue, composites)
           where reader.Flag(VenueSetting.Path(venue.Id.Key, VenueSetting.Enabled), otherwise: options.Symbols.Count > 0 || venue.TellsNews)
           select options,
    ];

    /// <summary>The composites, each of instruments of known venues that are on.</summary>
    public IReadOnlyList<CompositeOptions> Composites(IEnumerable<string> names) => [.. names.Select(Composite)];

    private VenueOptions Venue(KnownVenue venue, IReadOnlyList<CompositeOptions> composites)
    {
        var rest = reader.Address(VenueSetting.Path(venue.Id.Key, VenueSetting.Rest), DefaultRest(venue), "http", "https");
        var socket = reader.Address(VenueSetting.Path(venue.Id.Key, VenueSetting.Socket), venue.Defaults.Socket, "ws", "wss");
        var symbols = OwnSymbols(venue.Id)
            .Concat(composites.SelectMany(composite => composite.Members).Where(member => member.Venue == venue.Id).Select(member => member.Symbol));
        return new VenueOptions(venue.Id, new VenueAddresses(rest, socket) { Key = Key(venue) }, [.. symbols.Distinct(StringComparer.Ordinal)])
        {
            Feed = FeedOptions.Default with
            {
                ReconnectDelay = TimeSpan.FromSeconds((double)reader.Decimal(SettingName.ReconnectDelay, 0.1m, 30)),
                GeoBlockRetry = TimeSpan.FromSeconds(reader.Number(SettingName.GeoBlockRetrySeconds, 60, 86_400)),
            },
        };
    }

    /// <summary>The key is never shown, not even a wrong one.</summary>
    private string? Key(KnownVenue venue)
    {
        var setting = reader.Find(VenueSetting.Path(venue.Id.Key, VenueSetting.Key));
        var problem = setting is null ? null
            : !venue.TakesKey ? "this venue is followed without a key"
            : !SettingReader.IsKey(setting.Value) ? "expected a key of at most 256 visible characters"
            : null;
        if (problem is not null)
        {
            reader.Refuse(setting! with { Value = VenueSetting.Hidden }, problem);
        }

        return problem is null ? setting?.Value : null;
    }

    /// <summary><c>BINANCE_BASE_URL</c> moves the REST host of Binance's futures; the venue's own setting is stronger.</summary>
    private Uri DefaultRest(KnownVenue venue) => venue.Id.Key == BinanceFutures
        ? reader.Address(SettingName.BinanceBaseUrl.Path, venue.Defaults.Rest, "http", "https")
        : venue.Defaults.Rest;

    private IReadOnlyList<string> OwnSymbols(VenueId venue)
    {
        var path = VenueSetting.Path(venue.Key, VenueSetting.Symbols);
        var symbols = reader.List(path);
        foreach (var wrong in symbols.Where(symbol => !SettingReader.IsSymbol(symbol)))
        {
            reader.Refuse(reader.Find(path)!, $"\"{wrong}\" is not a symbol: expected 1 to 64 characters without blanks");
        }

        if (symbols.Distinct(StringComparer.Ordinal).Count() != symbols.Count)
        {
            reader.Refuse(reader.Find(path)!, "each symbol may stand there once");
        }

        return symbols;
    }

    private CompositeOptions Composite(string name)
    {
        var setting = reader.Find(CompositeSetting.Prefix + name)!;
        if (name.Length > LongestCompositeName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            reader.Refuse(setting, $"a composite's name is 1 to {LongestCompositeName} letters, digits, - and _");
        }

        var texts = reader.List(CompositeSetting.Prefix + name);
        var members = texts.Select(text => Member(setting, text)).OfType<MemberName>().ToArray();
        if (members.Distinct().Count() != members.Length)
        {
            reader.Refuse(setting, "each member may stand there once");
        }

        return new CompositeOptions(name, members);
    }

    private MemberName? Member(SettingValue setting, string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (venue, symbol) = slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..]);
        if (!SettingReader.IsSymbol(symbol))
        {
            reader.Refuse(setting, $"\"{text}\" is not a member: expected venue/symbol, such as {known[0].Id}/SYMBOL");
            return null;
        }

        if (!known.Any(candidate => candidate.Id.Key == venue))
        {
            reader.Refuse(setting, $"\"{venue}\" is no venue; there are {string.Join(", ", known.Select(candidate => candidate.Id))}");
            return null;
        }

        if (!reader.Flag(VenueSetting.Path(venue, VenueSetting.Enabled), otherwise: true))
        {
            return null;
        }

        return new MemberName(new VenueId(venue), symbol);
    }
}
