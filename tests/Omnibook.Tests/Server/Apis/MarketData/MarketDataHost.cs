using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Core;
using Omnibook.Core.Derived;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Apis.Nbbo;
using Omnibook.Server.Pipeline;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.MarketData;

/// <summary>The whole dialect on a free port of the loopback: venues that answer what a test wants, a market fed by hand, a clock that stands still.</summary>
internal sealed class MarketDataHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;
    private readonly Dictionary<string, InstrumentDirectory> _directories;

    private MarketDataHost(WebApplication app, DirectoryInfo folder, ManualTimeProvider time, Dictionary<string, InstrumentDirectory> directories)
    {
        (_app, _folder, Time, _directories) = (app, folder, time, directories);
        _http = new HttpClient { BaseAddress = Address };
    }

    public ManualTimeProvider Time { get; }

    public FakeVenueData Binance { get; private init; } = null!;

    public FakeVenueData Bybit { get; private init; } = null!;

    public FakeVenueData Hyperliquid { get; private init; } = null!;

    public RawRest Rest { get; private init; } = null!;

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public Timestamp Now => Timestamp.From(Time.GetUtcNow());

    public RecordedFollowing Following { get; private init; } = null!;

    /// <summary>How many streams of instruments somebody listens to.</summary>
    public int OpenStreams => _app.Services.GetRequiredService<LiveStreams>().Count;

    /// <summary>How many clients listen to streams of instruments.</summary>
    public int Listeners => _app.Services.GetRequiredService<LiveStreams>().Clients;

    private MarketLoop Loop => _app.Services.GetRequiredService<MarketLoop>();

    /// <summary>Three exchanges; every other is left out by the configuration.</summary>
    public static async Task<MarketDataHost> StartAsync(MarketDataRules? rules = null, IReadOnlyList<VenueHealth>? venues = null)
    {
        var (time, folder, rest) = (new ManualTimeProvider(), Directory.CreateTempSubdirectory("omnibook-"), new RawRest());
        var directories = Directories();
        var data = new Dictionary<string, FakeVenueData>(StringComparer.Ordinal)
        {
            ["binance"] = new(FakeVenueData.Everything),
            ["bybit"] = new(FakeVenueData.Everything with { Candles = FakeVenueData.Intervals("1m", "5m", "1h", "6h", "1d") }),
            ["hyperliquid"] = new(FakeVenueData.Everything with
            {
                Candles = FakeVenueData.Intervals("1m", "5m", "1h", "8h", "1d"),
                OpenInterestHistory = [],
                Liquidations = false,
            }),
        };
        var catalog = new InstrumentCatalog();
        var following = new RecordedFollowing(catalog);
        var market = new Market(catalog, []);
        var app = await LoopbackApi.StartAsync(time, catalog, market, folder, services => services
            .AddApis(
                new ApiOptions(),
                new NbboRules(),
                rules ?? new MarketDataRules(),
                _ => new ExchangeSources(exchange => data.TryGetValue(exchange.Name, out var asked)
                    ? new ServedExchange(exchange, asked, rest, directories.TryGetValue(exchange.Name, out var directory) ? directory.Resolve : null, "a connection is being made")
                    : null),
                _ => following.Following,
                _ => new HealthSources("demo", "1.2.3", time.GetUtcNow(), () => venues ?? [])));
        return new MarketDataHost(app, folder, time, directories)
        {
            Binance = data["binance"],
            Bybit = data["bybit"],
            Hyperliquid = data["hyperliquid"],
            Rest = rest,
            Following = following,
        };
    }

    /// <summary>Opens a socket.</summary>
    public Task<RawClient> ConnectAsync(string path) => RawClient.ConnectAsync(Address, path);

    public Task TradeAsync(string exchange, string symbol, long id, decimal price, decimal quantity, TakerSide side) =>
        FeedAsync(batch => batch.On(new Trade(
            IdOf(exchange, symbol), id, PriceOf(price), QuantityOf(quantity), side, new EventTimes(Timestamp.FromMilliseconds(1_762_451_412_123), Now))));

    public Task LiquidateAsync(string exchange, string symbol, decimal price, decimal quantity, TakerSide side) =>
        FeedAsync(batch => batch.On(new Liquidation(
            IdOf(exchange, symbol), side, PriceOf(price), QuantityOf(quantity), new EventTimes(Timestamp.FromMilliseconds(1_762_451_412_123), Now))));

    public Task CandleAsync(string exchange, string symbol, string interval, Timestamp start, decimal close, bool? isClosed) =>
        FeedAsync(batch => batch.On(new CandleUpdate(
            IdOf(exchange, symbol), CandleInterval.Parse(interval), start, PriceOf(100), PriceOf(200), PriceOf(50), PriceOf(close), 10, null, null, isClosed,
            new EventTimes(Now, Now))));

    /// <summary>An exchange has not told its instruments yet.</summary>
    public void ForgetInstruments(string exchange) => _directories.Remove(exchange);

    public async Task<JsonElement> GetAsync(string path, int status = 200)
    {
        var text = await GetTextAsync(path, status);
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<string> GetTextAsync(string path, int status = 200)
    {
        using var answer = await SendAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return text;
    }

    public Task<HttpResponseMessage> SendAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>The sentence of an error.</summary>
    public async Task<string> DetailAsync(string path, int status) => (await GetAsync(path, status)).GetProperty("detail").GetString()!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Price PriceOf(decimal price) => new((long)(price * 10));

    private static Quantity QuantityOf(decimal quantity) => new((long)(quantity * 100_000));

    private InstrumentId IdOf(string exchange, string symbol) =>
        _app.Services.GetRequiredService<InstrumentCatalog>().Register(_directories[exchange].Resolve(symbol).Listing!).Id;

    private Task FeedAsync(Action<EventBatch> write) => Loop.FeedAsync(write);

    private static Dictionary<string, InstrumentDirectory> Directories() => new(StringComparer.Ordinal)
    {
        ["binance"] = ListedAt("binance-usdm", "USDT", "BTCUSDT", "ETHUSDT", "SOLUSDT"),
        ["bybit"] = ListedAt("bybit", "USDT", "BTCUSDT", "ETHUSDT"),
        ["hyperliquid"] = ListedAt("hyperliquid", "USDC", "BTC", "ETH", "SOL", "merrli:BTC"),
    };

    private static InstrumentDirectory ListedAt(string venue, string quote, params string[] symbols) => new(
        [.. symbols.Select(symbol => new InstrumentListing
        {
            Venue = new VenueId(venue),
            Symbol = symbol,
            Pair = new Pair(symbol.Split(':')[^1].Replace(quote, "", StringComparison.Ordinal), quote),
            Kind = InstrumentKind.Perpetual,
            PriceScale = new Scale(1),
            QuantityScale = new Scale(5),
            Tick = new Price(1),
            Lot = new Quantity(1),
        })],
        venue == "hyperliquid"
            ? new SpellingRules { PrincipalQuote = "USDC", AnyDollar = ["USD", "USDT", "USDC", "BUSD", "DAI", "TUSD", "USDP"] }
            : new SpellingRules { PrincipalQuote = "USDT" });
}
