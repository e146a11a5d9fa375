using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Core;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Routing;
using Omnibook.History;
using Omnibook.Server.Apis;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.Nbbo;
using Omnibook.Server.Apis.PerpDex.Positions;
using Omnibook.Server.Pipeline;
using Omnibook.Tests.Core.Liquidity;
using Omnibook.Tests.Server.Apis.MarketData;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.PerpDex;

/// <summary>The whole dialect on a free port of the loopback: two dexes whose books are fed by hand, a clock that stands still.</summary>
internal sealed class PerpDexHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;
    private readonly Dictionary<string, InstrumentDirectory> _directories;
    private long _sequence;

    private PerpDexHost(WebApplication app, DirectoryInfo folder, ManualTimeProvider time, Dictionary<string, InstrumentDirectory> directories)
    {
        (_app, _folder, Time, _directories) = (app, folder, time, directories);
        _http = new HttpClient { BaseAddress = Address };
    }

    public ManualTimeProvider Time { get; }

    public FakeVenueData Hyperliquid { get; private init; } = null!;

    public FakeVenueData Lighter { get; private init; } = null!;

    public RecordedFollowing Following { get; private init; } = null!;

    public Uri Address => new(_app.Urls.First());

    public Timestamp Now => Timestamp.From(Time.GetUtcNow());

    private MarketLoop Loop => _app.Services.GetRequiredService<MarketLoop>();

    /// <summary>Books of <c>BTC-USD</c> as the worked figures have them, and <c>ETH-USD</c> at Hyperliquid alone.</summary>
    public static async Task<PerpDexHost> StartLiveAsync()
    {
        var host = await StartAsync();
        await host.FeedGoldenAsync();
        return host;
    }

    public static async Task<PerpDexHost> StartAsync(IReadOnlyList<VenueHealth>? venues = null)
    {
        var (time, folder, catalog) = (new ManualTimeProvider(), Directory.CreateTempSubdirectory("omnibook-"), new InstrumentCatalog());
        var (following, market) = (new RecordedFollowing(catalog), new Market(catalog, []));
        var directories = new Dictionary<string, InstrumentDirectory>(StringComparer.Ordinal)
        {
            ["hyperliquid"] = ListedAt("hyperliquid", "BTC", "ETH", "kPEPE", "xyz:GOLD"),
            ["lighter"] = ListedAt("lighter", "BTC"),
        };
        var (hyperliquid, lighter) = (new FakeVenueData(Everything), new FakeVenueData(Everything));
        var app = await LoopbackApi.StartAsync(time, catalog, market, folder, services => services
            .AddSingleton(_ => new PaperPositionStore(Path.Combine(folder.FullName, "paper.db")))
            .AddSingleton(new LiquiditySettings { Fees = Fees() })
            .AddHostedService(provider => provider.GetRequiredService<FundingCollector>())
            .AddApis(
                new ApiOptions(),
                new NbboRules(),
                new MarketDataRules(),
                _ => new ExchangeSources(exchange => exchange.Name is "hyperliquid" or "lighter"
                    ? new ServedExchange(
                        exchange, exchange.Name == "lighter" ? lighter : hyperliquid, new RawRest(), directories.TryGetValue(exchange.Name, out var known) ? known.Resolve : null, "a connection is being made")
                    : null),
                _ => following.Following,
                _ => new HealthSources("demo", "1.2.3", time.GetUtcNow(), () => venues ?? [])));
        return new PerpDexHost(app, folder, time, directories) { Hyperliquid = hyperliquid, Lighter = lighter, Following = following };
    }

    public async Task FeedGoldenAsync()
    {
        await FeedAsync("hyperliquid", "BTC", [(64990m, 1m)], [(65000m, 1m), (65010m, 2m)]);
        await FeedAsync("lighter", "BTC", [(64992m, 1m)], [(64995m, 0.5m), (65020m, 3m)]);
        await FundAsync("hyperliquid", 0.0000125m, TimeSpan.FromHours(1));
        await FundAsync("lighter", 0.00001m, TimeSpan.FromHours(1));
        await TradeAsync("hyperliquid", 64998m);
        await TradeAsync("lighter", 64994m);
        Hyperliquid.Tickers = [new DayTicker { Symbol = "BTC", QuoteVolume = 2500000000 }];
        Lighter.Tickers = [new DayTicker { Symbol = "BTC", QuoteVolume = 900000000 }];
    }

    public Task FeedAsync(string dex, string coin, (decimal Price, decimal Size)[] bids, (decimal Price, decimal Size)[] asks) =>
        FeedAsync(batch => batch.On(
            new BookSnapshot(Of(dex, coin).Id, ++_sequence, new EventTimes(default, Now), RestartsSequence: true),
            Levels(Of(dex, coin), bids),
            Levels(Of(dex, coin), asks)));

    public Task FundAsync(string dex, decimal rate, TimeSpan interval) => FeedAsync(batch => batch.On(
        new Funding(Of(dex, "BTC").Id, DerivedScales.Rate.FromDecimal(rate), default, interval, new EventTimes(default, Now))));

    public Task TradeAsync(string dex, decimal price) => FeedAsync(batch => batch.On(new Trade(
        Of(dex, "BTC").Id, ++_sequence, new Price(Of(dex, "BTC").PriceScale.FromDecimal(price)), new Quantity(1), TakerSide.Buy, new EventTimes(Now, Now))));

    public Task MarkAsync(string dex, decimal mark, decimal index) => FeedAsync(batch => batch.On(new MarkPrice(
        Of(dex, "BTC").Id, new Price(DerivedScales.Price.FromDecimal(mark)), new Price(DerivedScales.Price.FromDecimal(index)), new EventTimes(Now, Now))));

    /// <summary>Waits until the collector of funding has looked at everything as it is now: the first look may have begun before.</summary>
    public async Task SettledAsync()
    {
        var collector = _app.Services.GetRequiredService<FundingCollector>();
        var wanted = collector.Passes + 2;
        for (var tries = 0; tries < 2_000 && collector.Passes < wanted; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            Time.Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Lets time pass; the market learns of it first.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        await FeedAsync(batch => batch.On(new Tick(Now + span)));
        Time.Advance(span);
    }

    /// <summary>A dex has not told its instruments yet.</summary>
    public void ForgetInstruments(string dex) => _directories.Remove(dex);

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Address, "/api/v1/ws/connect");

    /// <summary>Reads the next frame of a socket, and lets the clock run until it comes.</summary>
    public async Task<JsonElement> ReadAsync(RawClient client)
    {
        var reading = client.ReadTextAsync();
        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
            Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        return JsonDocument.Parse(await reading).RootElement;
    }

    public async Task<JsonElement> GetAsync(string path, int status = 200)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await BodyAsync(answer, status);
    }

    public async Task<JsonElement> PostAsync(string path, object? body = null, int status = 200)
    {
        using var content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await BodyAsync(answer, status);
    }

    public async Task<string> DetailAsync(string path, int status) => (await GetAsync(path, status)).GetProperty("detail").GetString()!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Omnibook.Venues.Data.VenueCapabilities Everything =>
        FakeVenueData.Everything with { Tickers = true, Candles = FakeVenueData.Intervals("1m", "5m", "15m", "1h", "4h", "1d") };

    private static FeeSchedule Fees()
    {
        var fees = new FeeSchedule();
        fees[new VenueId("hyperliquid")] = new VenueFees(4.5m, 1.5m);
        return fees;
    }

    private static InstrumentDirectory ListedAt(string venue, params string[] coins) => new(
        [.. coins.Select(coin => MadeVenues.Listing(venue, @base: coin) with { Symbol = coin, Kind = InstrumentKind.Perpetual })],
        new SpellingRules { PrincipalQuote = "USD" });

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static Level[] Levels(Instrument instrument, (decimal Price, decimal Size)[] levels) =>
    [
        .. levels.Select(level => new Level(
            new Price(instrument.PriceScale.FromDecimal(level.Price)), new Quantity(instrument.QuantityScale.FromDecimal(level.Size)))),
    ];

    private Instrument Of(string dex, string coin) =>
        _app.Services.GetRequiredService<InstrumentCatalog>().Register(_directories[dex].Listings.First(listing => listing.Symbol == coin));

    private Task FeedAsync(Action<EventBatch> write) => Loop.FeedAsync(write);
}
