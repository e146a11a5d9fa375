using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis;
using Omnibook.Server.Apis.CryExc;
using Omnibook.Server.Apis.CryExc.Live;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Server.Apis.CryExc.V1;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.Nbbo;
using Omnibook.Server.Pipeline;
using Omnibook.Tests.Core.Flow;
using Omnibook.Tests.Server.Apis.MarketData;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>The whole dialect on a free port of the loopback: three exchanges, a market fed by hand, a clock that stands still.</summary>
internal sealed class CryExcHost : IAsyncDisposable
{
    /// <summary>A few seconds after the trades of the worked figures.</summary>
    public const long Start = 1_700_000_080_000;

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;
    private readonly Dictionary<string, InstrumentDirectory> _directories;
    private long _sequence;

    private CryExcHost(WebApplication app, DirectoryInfo folder, Dictionary<string, InstrumentDirectory> directories)
    {
        (_app, _folder, _directories) = (app, folder, directories);
        _http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address => new(_app.Urls.First());

    public ManualTimeProvider Time { get; private init; } = null!;

    public RecordedFollowing Following { get; private init; } = null!;

    public Dictionary<string, TickerData> Data { get; private init; } = null!;

    public int OpenStreams => _app.Services.GetRequiredService<MarketStreams>().Count;

    private MarketLoop Loop => _app.Services.GetRequiredService<MarketLoop>();

    /// <summary>Binance's futures, Bybit and Coinbase; every other exchange is left out by the configuration.</summary>
    public static async Task<CryExcHost> StartAsync(CryExcRules? rules = null, IHistoryArchive? archive = null, V1Rules? v1 = null)
    {
        var (time, folder) = (new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Start)), Directory.CreateTempSubdirectory("omnibook-"));
        var directories = Directories();
        var data = directories.Keys.ToDictionary(venue => venue, venue => new TickerData(hasDerivatives: venue != "coinbase"), StringComparer.Ordinal);
        var catalog = new InstrumentCatalog();
        var following = new RecordedFollowing(catalog);
        var market = new Market(catalog, []);
        var app = await LoopbackApi.StartAsync(time, catalog, market, folder, services => services
            .AddSingleton(rules ?? new CryExcRules())
            .AddSingleton(archive ?? new NoArchive())
            .AddSingleton(v1 ?? new V1Rules())
            .AddApis(
                new ApiOptions(),
                new NbboRules(),
                new MarketDataRules { Symbols = ["BTCUSDT"] },
                _ => new ExchangeSources(exchange => data.TryGetValue(exchange.Venue.Key, out var asked)
                    ? new ServedExchange(exchange, asked, new RawRest(), directories[exchange.Venue.Key].Resolve) { Listings = directories[exchange.Venue.Key].Listings }
                    : null),
                _ => following.Following,
                _ => new HealthSources("demo", "1.2.3", time.GetUtcNow(), () => [])));
        var host = new CryExcHost(app, folder, directories) { Time = time, Following = following, Data = data };
        await host.TickAsync(Start);
        return host;
    }

    /// <summary>Opens the socket.</summary>
    public async Task<CryExcClient> ConnectAsync(string path = "/ws") => new(await RawClient.ConnectAsync(Address, path));

    public Task TickAsync(long at) => FeedAsync(batch => batch.On(new Tick(Timestamp.FromMilliseconds(at))));

    /// <summary>The trades of the worked figures, and then the time of the host.</summary>
    public async Task TradeGoldenAsync(string venue = "binance-usdm", string symbol = "BTCUSDT")
    {
        var id = IdOf(venue, symbol);
        await FeedAsync(batch =>
        {
            foreach (var (trade, i) in MadeTrades.Golden.Select((trade, i) => (trade, i)))
            {
                batch.On(trade with { Instrument = id, TradeId = i + 1 });
            }
        });
        await TickAsync(Start);
    }

    public Task TradeAsync(long at, decimal price, decimal quantity, TakerSide side, string venue = "binance-usdm", string symbol = "BTCUSDT") =>
        FeedAsync(batch => batch.On(MadeTrades.Of(at, price, quantity, side, ++_sequence + 1_000, IdOf(venue, symbol))));

    /// <summary>The instrument is followed no longer, or again.</summary>
    public Task StatusAsync(BookState state, string reason) => FeedAsync(batch => batch.On(new VenueStatus(
        IdOf("binance-usdm", "BTCUSDT"), state, reason, default, Timestamp.FromMilliseconds(Start))));

    public Task LiquidateAsync(decimal price, decimal quantity, TakerSide side)
    {
        var (times, made) = (TimesAt(1_700_000_001_000), MadeTrades.Of(0, price, quantity, side));
        return FeedAsync(batch => batch.On(new Liquidation(IdOf("binance-usdm", "BTCUSDT"), side, made.Price, made.Quantity, times)));
    }

    public Task BookAsync(
        (decimal Price, decimal Quantity)[] bids, (decimal Price, decimal Quantity)[] asks, long at = Start, string venue = "binance-usdm", string symbol = "BTCUSDT") =>
        FeedAsync(batch => batch.On(new BookSnapshot(IdOf(venue, symbol), ++_sequence, TimesAt(at)), Levels(bids), Levels(asks)));

    public Task CandleAsync(string interval, long start, decimal close) => FeedAsync(batch => batch.On(new CandleUpdate(
        IdOf("binance-usdm", "BTCUSDT"), CandleInterval.Parse(interval), Timestamp.FromMilliseconds(start), new Price(420_013), new Price(420_120),
        new Price(420_013), new Price((long)(close * 10)), 1.7m, null, null, null, TimesAt(Start))));

    public Task NewsAsync(NewsItem news) => FeedAsync(batch => batch.On(news));

    private InstrumentId IdOf(string venue, string symbol) =>
        _app.Services.GetRequiredService<InstrumentCatalog>().Register(_directories[venue].Resolve(symbol).Listing!).Id;

    public async Task<string> GetAsync(string path, int status = 200)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    /// <summary>Sends a request as it is.</summary>
    public async Task<(int Status, string Body, string? Allow)> SendAsync(HttpMethod method, string path, string? bearer = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = bearer is null ? null : new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", bearer);
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), string.Join(", ", answer.Content.Headers.Allow));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static EventTimes TimesAt(long at) => new(Timestamp.FromMilliseconds(at), Timestamp.FromMilliseconds(at));

    private static Level[] Levels((decimal Price, decimal Quantity)[] levels) =>
        [.. levels.Select(level => new Level(new Price((long)(level.Price * 10)), new Quantity((long)(level.Quantity * 1000))))];

    private Task FeedAsync(Action<EventBatch> write) => Loop.FeedAsync(write);

    private static Dictionary<string, InstrumentDirectory> Directories() => new(StringComparer.Ordinal)
    {
        ["binance-usdm"] = ListedAt("binance-usdm", InstrumentKind.Perpetual, "BTCUSDT", "ETHUSDT"),
        ["bybit"] = ListedAt("bybit", InstrumentKind.Perpetual, "BTCUSDT"),
        ["coinbase"] = ListedAt("coinbase", InstrumentKind.Spot, "BTC-USDT"),
    };

    private static InstrumentDirectory ListedAt(string venue, InstrumentKind kind, params string[] symbols) => new(
        [.. symbols.Select(symbol => MadeListing(venue, symbol) with { Kind = kind })], new SpellingRules { PrincipalQuote = "USDT" });

    private static InstrumentListing MadeListing(string venue, string symbol) =>
        Omnibook.Tests.Core.MadeInstruments.Listing(symbol, venue: venue) with { Pair = new Pair(symbol[..3], "USDT") };
}
