namespace Omnibook.Server.Configuration;

/// <summary>A setting as it is in force.</summary>
/// <param name="Name">Its path in <c>appsettings.json</c>.</param>
/// <param name="Value">Its value, checked and complete.</param>
/// <param name="Source">Where it stands: <c>default</c>, a file, <c>.env: PORT</c>, <c>environment: PORT</c>, <c>command line: --port</c>.</param>
internal sealed record EffectiveSetting(string Name, string Value, string Source)
{
    /// <summary>Every setting, in the order in which they are shown.</summary>
    public static IReadOnlyList<EffectiveSetting> Of(OmnibookOptions options, Settings settings)
    {
        var all = SettingName.All.Select(name => Of(name.Path, Shown(name, options, settings), settings)).ToList();
        foreach (var venue in options.Venues)
        {
            // API_URL speaks for both addresses of the venue of the Nbbo dialect.
            var deciding = venue.Id == options.Nbbo.Venue && settings.Find(SettingName.ApiUrl.Path) is not null ? SettingName.ApiUrl.Path : null;
            var (rest, socket) = (VenueSetting.Path(venue.Id.Key, VenueSetting.Rest), VenueSetting.Path(venue.Id.Key, VenueSetting.Socket));
            all.Add(Of(deciding ?? RestDecides(rest, venue.Id.Key, settings), venue.Addresses.Rest.ToString(), settings) with { Name = rest });
            all.Add(Of(settings.Find(socket) is null ? deciding ?? socket : socket, venue.Addresses.Socket.ToString(), settings) with { Name = socket });
            if (venue.Addresses.Key is not null)
            {
                all.Add(Of(VenueSetting.Path(venue.Id.Key, VenueSetting.Key), VenueSetting.Hidden, settings));
            }

            all.Add(Of(FeeSetting.TakerPath(venue.Id.Key), $"{options.Fees[venue.Id].TakerBps}", settings));
            all.Add(Of(FeeSetting.MakerPath(venue.Id.Key), $"{options.Fees[venue.Id].MakerBps}", settings));
            all.Add(Of(VenueSetting.Path(venue.Id.Key, VenueSetting.Symbols), string.Join(", ", venue.Symbols), settings));
        }

        all.AddRange(options.Composites.Select(
            composite => Of(CompositeSetting.Prefix + composite.Name, string.Join(", ", composite.Members), settings)));
        return all;
    }

    /// <summary>Where the venue's own setting is silent, <c>BINANCE_BASE_URL</c> speaks for Binance's futures.</summary>
    private static string RestDecides(string rest, string venue, Settings settings) =>
        settings.Find(rest) is null && venue == VenueReader.BinanceFutures ? SettingName.BinanceBaseUrl.Path : rest;

    private static string Shown(SettingName name, OmnibookOptions options, Settings settings) =>
        name == SettingName.Data ? options.Storage.DataFolder
        : name == SettingName.RedisUrl ? options.Redis?.Address.ToString() ?? ""
        : name == SettingName.HistoryToken && options.HistoryToken is not null ? VenueSetting.Hidden
        : name == SettingName.Database && options.Storage.Database is { } database ? database
        : name.IsSecret && settings.Find(name.Path) is not null ? VenueSetting.Hidden
        : settings.Find(name.Path)?.Value ?? "";

    private static EffectiveSetting Of(string path, string value, Settings settings) => new(
        path,
        value,
        settings.Find(path) switch
        {
            null => "default",
            { Source: "default" } => "default",
            { } setting => $"{setting.Source}: {setting.Name}",
        });
}
