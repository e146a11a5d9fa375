using Omnibook.Core.Instruments;
using Omnibook.Venues;

namespace Omnibook.Server.Configuration;

/// <summary>Reads the whole of the options out of the layers, and finds everything that is wrong.</summary>
internal sealed class OptionsReader(Settings settings, string workingFolder, IReadOnlyList<KnownVenue> known)
{
    private readonly SettingReader _reader = new(settings);
    private readonly List<string> _remarks = [];

    /// <summary>Everything that was wrong.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems => _reader.Problems;

    /// <summary>The options; to be used only where nothing was wrong.</summary>
    public OmnibookOptions Read()
    {
        var venueReader = new VenueReader(_reader, known);
        var composites = venueReader.Composites([.. settings.Below(CompositeSetting.Prefix)]);
        var venues = venueReader.Venues(composites);
        var listen = Listen();
        return new OmnibookOptions
        {
            Listen = listen,
            Access = AccessReader.Read(_reader, listen.Address),
            Storage = Storage(),
            History = HistoryReader.Read(_reader),
            LogLevel = _reader.Level(),
            TestEndpoints = _reader.Flag(SettingName.TestEndpoints.Path, otherwise: true),
            Nbbo = Nbbo(composites),
            MarketData = MarketDataReader.Read(_reader),
            Liquidity = new LiquidityReader(_reader, known).Read(composites, venues),
            Alerts = AlertSettingReader.Read(_reader),
            Trading = TradingReader.Read(_reader, workingFolder),
            Recording = RecordingReader.Read(_reader),
            Fees = FeeReader.Read(_reader, known),
            ReconnectAttempts = _reader.Number(SettingName.ReconnectAttempts, 1, 1000),
            Venues = WithApiAddress(venues),
            Composites = [.. composites.Where(composite => composite.Members.Count > 0)],
            Demand = new DemandOptions(
                TimeSpan.FromSeconds(_reader.Number(SettingName.DemandRelease, 1, 86400)), _reader.Number(SettingName.DemandMost, 1, 1000)),
            BookCheckPeriod = TimeSpan.FromSeconds(_reader.Number(SettingName.BookCheckSeconds, 10, 86_400)),
            Redis = RedisReader.Read(_reader),
            MaxLag = TimeSpan.FromMilliseconds(_reader.Number(SettingName.MaxLag, 100, 600_000)),
            HistoryToken = HistoryToken(),
            Remarks = _remarks,
        };
    }

    private string? HistoryToken()
    {
        var setting = _reader.Find(SettingName.HistoryToken.Path);
        if (setting is null || SettingReader.IsKey(setting.Value))
        {
            return setting?.Value;
        }

        _reader.Refuse(setting with { Value = VenueSetting.Hidden }, "expected a token of at most 256 visible characters");
        return null;
    }

    private ListenOptions Listen()
    {
        var address = _reader.Host();
        var port = _reader.Port(SettingName.Port);
        var second = _reader.Port(SettingName.CryExcPort);
        if (port == 0 && second == 0 && _reader.Problems.Count == 0)
        {
            _reader.Refuse(_reader.Find(SettingName.Port.Path)!, $"one of {SettingName.Port.Variable} and {SettingName.CryExcPort.Variable} must not be 0");
        }

        return new ListenOptions(
            address, [.. new[] { port, second }.Where(one => one != 0).Distinct()], Hosts(), Origins())
        {
            ConnectionsPerAddress = _reader.Number(SettingName.ConnectionsPerAddress, 0, 20_000),
        };
    }

    private IReadOnlyList<string> Hosts()
    {
        var hosts = _reader.List(SettingName.AllowedHosts.Path);
        if (hosts.FirstOrDefault(host => host != "*" && Uri.CheckHostName(host.Replace("*.", "", StringComparison.Ordinal).Trim('[', ']')) == UriHostNameType.Unknown) is { } wrong)
        {
            _reader.Refuse(_reader.Find(SettingName.AllowedHosts.Path)!, $"\"{wrong}\" is not a host name; write names without port, separated by commas");
        }

        return hosts;
    }

    private IReadOnlyList<string> Origins()
    {
        var origins = _reader.List(SettingName.AllowedOrigins.Path);
        if (origins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong)
        {
            _reader.Refuse(_reader.Find(SettingName.AllowedOrigins.Path)!, $"\"{wrong}\" is not an origin; write * or addresses such as http://localhost:3000, without a path");
        }

        return origins.Contains("*", StringComparer.Ordinal) ? [] : origins;
    }

    private static bool IsOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && !text.EndsWith('/'));

    private StorageOptions Storage()
    {
        var data = _reader.Find(SettingName.Data.Path);
        if (data is not null && data.Value.Contains('\0', StringComparison.Ordinal))
        {
            _reader.Refuse(data, "expected the path of a folder");
            data = null;
        }

        return new StorageOptions(
            Path.GetFullPath(data?.Value ?? DefaultDataFolder(), workingFolder),
            DatabaseAddress.Read(_reader, workingFolder, _remarks),
            TimeSpan.FromSeconds(_reader.Number(SettingName.SnapshotSeconds, 1, 3600)),
            TimeSpan.FromDays(_reader.Number(SettingName.RetentionDays, 1, 3650)));
    }

    /// <summary>The user's own folder for programs' data; <c>data</c> where there is no such folder, as in containers.</summary>
    private static string DefaultDataFolder()
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length > 0 ? Path.Combine(folder, "omnibook") : "data";
    }

    private NbboOptions Nbbo(IReadOnlyList<CompositeOptions> composites)
    {
        var venue = _reader.Find(SettingName.NbboVenue.Path);
        if (venue is not null && !known.Any(candidate => candidate.Id.Key == venue.Value))
        {
            _reader.Refuse(venue, $"no such venue; there are {string.Join(", ", known.Select(candidate => candidate.Id))}");
        }

        var composite = _reader.Find(SettingName.NbboComposite.Path);
        if (composite is not null && !composites.Any(candidate => candidate.Name == composite.Value))
        {
            _reader.Refuse(composite, $"no such composite; there are {string.Join(", ", composites.Select(candidate => candidate.Name))}");
        }

        var coin = _reader.Find(SettingName.NbboCoin.Path);
        if (coin is not null && !SettingReader.IsSymbol(coin.Value))
        {
            _reader.Refuse(coin, "expected a coin's name, such as BTC");
        }

        return new NbboOptions(new VenueId(venue?.Value ?? ""), composite?.Value ?? "", coin?.Value ?? "");
    }

    /// <summary><c>API_URL</c> moves the venue of the Nbbo dialect: its REST host, and its socket at the same host.</summary>
    private IReadOnlyList<VenueOptions> WithApiAddress(IReadOnlyList<VenueOptions> venues)
    {
        var setting = _reader.Find(SettingName.ApiUrl.Path);
        var key = _reader.Find(SettingName.NbboVenue.Path)?.Value;
        if (setting is null)
        {
            return venues;
        }

        var rest = _reader.Address(SettingName.ApiUrl.Path, new Uri("https://invalid/"), "http", "https");
        var explicitSocket = IsSetByHand(VenueSetting.Path(key ?? "", VenueSetting.Socket));
        return
        [
            .. venues.Select(venue => venue.Id.Key != key ? venue : venue with
            {
                Addresses = venue.Addresses with { Rest = rest, Socket = explicitSocket ? venue.Addresses.Socket : SocketOf(rest, venue.Addresses.Socket) },
            }),
        ];
    }

    private bool IsSetByHand(string path) => _reader.Find(path) is not null;

    /// <summary>The same host over the socket's scheme, with the path that the venue's sockets have.</summary>
    private static Uri SocketOf(Uri rest, Uri socket) =>
        new UriBuilder(rest) { Scheme = rest.Scheme == "https" ? "wss" : "ws", Path = socket.AbsolutePath }.Uri;
}
