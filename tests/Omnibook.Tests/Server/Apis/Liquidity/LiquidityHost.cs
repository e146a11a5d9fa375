using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Core.Routing;
using Omnibook.Server.Apis;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Apis.Nbbo;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline;
using Omnibook.Tests.Core.Liquidity;
using Omnibook.Tests.Server.Apis.Nbbo;
using Omnibook.Tests.Server.Streams;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Tests.Server.Apis.Liquidity;

/// <summary>The whole dialect on a free port of the loopback: books fed by hand, a clock that stands still.</summary>
internal sealed class LiquidityHost : IAsyncDisposable
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;
    private readonly Instrument[] _members;
    private long _sequence;

    private LiquidityHost(WebApplication app, DirectoryInfo folder, ManualTimeProvider time, Instrument[] members)
    {
        (_app, _folder, Time, _members) = (app, folder, time, members);
        _http = new HttpClient { BaseAddress = Address };
    }

    public ManualTimeProvider Time { get; }

    public Uri Address => new(_app.Urls.First());

    public LiquidityBoard Board => _app.Services.GetRequiredService<LiquidityBoard>();

    public LiquidityPulse Pulse => _app.Services.GetRequiredService<LiquidityPulse>();

    public IReadOnlyList<Instrument> Members => _members;

    public IServiceProvider Services => _app.Services;

    public Timestamp Now => Timestamp.From(Time.GetUtcNow());

    public MarketLoop Loop => _app.Services.GetRequiredService<MarketLoop>();

    /// <summary>Two spot books as <c>BTC-USD</c>, and one perpetual of another pair as <c>OTHER</c>.</summary>
    public static async Task<LiquidityHost> StartAsync(Func<LiquiditySettings, LiquiditySettings>? change = null, IReadOnlyList<VenueHealth>? venues = null, Action<IServiceCollection, DirectoryInfo>? more = null)
    {
        var (time, folder, catalog) = (new ManualTimeProvider(), Directory.CreateTempSubdirectory("omnibook-"), new InstrumentCatalog());
        Instrument[] members =
        [
            catalog.Register(MadeVenues.Listing("binance-spot", quote: "USDT")),
            catalog.Register(MadeVenues.Listing("coinbase")),
            catalog.Register(MadeVenues.Listing("hyperliquid", @base: "ETH")),
        ];
        var market = new Market(catalog, [new Composite("SPOT", members[..2]), new Composite("OTHER", members[2..])]);
        var app = await LoopbackApi.StartAsync(time, catalog, market, folder, services => More(services, folder, more)
            .AddSingleton(new HyperliquidInfo(new FakeVenueRest()))
            .AddSingleton((change ?? (settings => settings))(Settings()))
            .AddApis(
                new ApiOptions(),
                new NbboRules(),
                new MarketDataRules(),
                _ => new ExchangeSources(_ => null),
                _ => new MarketFollowing(_ => throw new InvalidOperationException(), (_, _) => throw new InvalidOperationException(), (_, _, _) => false),
                _ => new HealthSources("demo", "1.2.3", time.GetUtcNow(), () => venues ?? [])));
        return new LiquidityHost(app, folder, time, members);
    }

    /// <summary>The same with the two books of which the worked figures were computed, and the status live.</summary>
    public static async Task<LiquidityHost> StartLiveAsync(Func<LiquiditySettings, LiquiditySettings>? change = null)
    {
        var host = await StartAsync(change);
        await host.FeedGoldenBooksAsync();
        await host.TickAsync(TimeSpan.FromMilliseconds(55));
        return host;
    }

    public async Task FeedGoldenBooksAsync()
    {
        await FeedAsync(0, [(100000m, 1m), (99900m, 2m), (99400m, 5m)], [(100010m, 1.5m), (100200m, 1m), (100600m, 4m)]);
        await FeedAsync(1, [(100005m, 0.5m), (99800m, 1m)], [(100015m, 0.8m), (100500m, 2m)]);
    }

    public Task FeedAsync(int member, (decimal Price, decimal Size)[] bids, (decimal Price, decimal Size)[] asks, Timestamp venueTime = default) =>
        FeedAsync(batch => batch.On(
            new BookSnapshot(_members[member].Id, ++_sequence, new EventTimes(venueTime, Now), RestartsSequence: true),
            Levels(_members[member], bids),
            Levels(_members[member], asks)));

    public Task DropAsync(int member) =>
        FeedAsync(batch => batch.On(new VenueStatus(_members[member].Id, BookState.Connecting, StatusReasons.Disconnected, default, Now)));

    /// <summary>Lets time go on to the next tick at most, tells the market, and waits until everything was measured then.</summary>
    public async Task TickAsync(TimeSpan? span = null)
    {
        // The market learns of the moment of the tick before the tick asks it.
        var (step, before) = (span ?? Tick, Pulse.LastTickMs);
        await FeedAsync(batch => batch.On(new Tick(Now + step)));
        Time.Advance(step);
        if (span is null)
        {
            await StreamHost.UntilAsync(() => Pulse.LastTickMs != before);
        }
        else
        {
            await Loop.ReadAsync(Board.Measure, CancellationToken.None);
        }
    }

    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;

    public Task<JsonElement> ExecuteAsync(object body, int status = 200) => PostAsync(JsonSerializer.Serialize(body), status);

    public async Task<JsonElement> PostAsync(string body, int status = 200, string path = "/api/execute")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static LiquiditySettings Settings()
    {
        var fees = new FeeSchedule();
        fees[new VenueId("binance-spot")] = new VenueFees(10, 10);
        fees[new VenueId("coinbase")] = new VenueFees(60, 40);
        MemberName Name(string venue, string symbol) => new(new VenueId(venue), symbol);
        return new LiquiditySettings
        {
            Symbols =
            [
                SymbolPlan.Of("BTC-USD", new CompositeOptions("SPOT", [Name("binance-spot", "BTC-USDT"), Name("coinbase", "BTC-USD")])),
                SymbolPlan.Of("OTHER", new CompositeOptions("OTHER", [Name("hyperliquid", "ETH-USD")])),
                SymbolPlan.Of("MISSING", new CompositeOptions("MISSING", [Name("bybit", "BTCUSDT")])),
            ],
            Fees = fees,
        };
    }

    private static Level[] Levels(Instrument instrument, (decimal Price, decimal Size)[] levels) =>
    [
        .. levels.Select(level => new Level(
            new Price(instrument.PriceScale.FromDecimal(level.Price)), new Quantity(instrument.QuantityScale.FromDecimal(level.Size)))),
    ];

    private static IServiceCollection More(IServiceCollection services, DirectoryInfo folder, Action<IServiceCollection, DirectoryInfo>? more)
    {
        more?.Invoke(services, folder);
        return services;
    }

    public Task FeedAsync(Action<EventBatch> write) => Loop.FeedAsync(write);
}
