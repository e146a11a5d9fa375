using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History;
using Omnibook.Server.Apis;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Apis.Nbbo;
using Omnibook.Server.Pipeline;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Tests.Server.Apis.Nbbo;

/// <summary>The whole dialect on a free port of the loopback: a market fed by hand, a clock that stands still, a venue that answers what a test wants.</summary>
internal sealed class NbboHost : IAsyncDisposable
{
    public const string Account = "0x035605fc2f24d65300227189025e90a0d947f16c";
    private static readonly VenueId Venue = new("hyperliquid-testnet");
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;
    private long _sequence = 1;

    private NbboHost(WebApplication app, DirectoryInfo folder, ManualTimeProvider time, FakeVenueRest rest, Instrument[] members)
    {
        (_app, _folder, Time, Rest) = (app, folder, time, rest);
        (Merrli, Sekaw, Btcx) = (members[0], members[1], members[2]);
        _http = new HttpClient { BaseAddress = Address };
    }

    public ManualTimeProvider Time { get; }

    public FakeVenueRest Rest { get; }

    public Instrument Merrli { get; }

    public Instrument Sekaw { get; }

    public Instrument Btcx { get; }

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public PriceSnapshotStore Store => _app.Services.GetRequiredService<PriceSnapshotStore>();

    private MarketLoop Loop => _app.Services.GetRequiredService<MarketLoop>();

    public static async Task<NbboHost> StartAsync(
        ApiOptions? options = null, NbboRules? rules = null, IReadOnlyList<VenueHealth>? venues = null)
    {
        var (time, rest, folder) = (new ManualTimeProvider(), new FakeVenueRest(), Directory.CreateTempSubdirectory("omnibook-"));
        var (catalog, startedAt) = (new InstrumentCatalog(), time.GetUtcNow());
        Instrument[] members = [.. new[] { "merrli:BTC", "sekaw:BTC", "btcx:BTC-FEUSD" }.Select(symbol => catalog.Register(Listing(symbol)))];
        var market = new Market(catalog, [new Composite("NBBO", members)]);
        var app = await LoopbackApi.StartAsync(time, catalog, market, folder, services => services
            .AddSingleton(new HyperliquidInfo(rest))
            .AddApis(
                options ?? new ApiOptions(),
                rules ?? new NbboRules(),
                new MarketDataRules(),
                _ => new ExchangeSources(_ => null),
                _ => new MarketFollowing(_ => throw new InvalidOperationException(), (_, _) => throw new InvalidOperationException(), (_, _, _) => false),
                _ => new HealthSources("demo", "1.2.3", startedAt, () => venues ?? [])));
        return new NbboHost(app, folder, time, rest, members);
    }

    /// <summary>The inputs of the golden example: bids and asks as (price, size, orders).</summary>
    public async Task FeedGoldenBooksAsync()
    {
        await FeedAsync(Merrli, [(113640m, 0.5m, 2), (113600m, 1.0m, 1)], [(113700m, 0.4m, 1), (113750m, 0.6m, 3)]);
        await FeedAsync(Sekaw, [(113690m, 0.2m, 1), (113600m, 0.5m, 2)], [(113700m, 0.1m, 1), (113800m, 1.0m, 1)]);
        await FeedAsync(Btcx, [(113650m, 0.3m, 1)], [(113680m, 0.25m, 2)]);
    }

    /// <summary>Gives a member a whole book, which makes it live.</summary>
    public Task FeedAsync(
        Instrument instrument, (decimal Price, decimal Size, int Orders)[] bids, (decimal Price, decimal Size, int Orders)[] asks)
    {
        var times = new EventTimes(Now, Now);
        return FeedAsync(batch => batch.On(
            new BookSnapshot(instrument.Id, _sequence++, times, RestartsSequence: true), Levels(instrument, bids), Levels(instrument, asks)));
    }

    public Task TradeAsync(Instrument instrument, long id, decimal price, decimal size, TakerSide side, long time) =>
        FeedAsync(batch => batch.On(new Trade(
            instrument.Id,
            id,
            new Price(instrument.PriceScale.FromDecimal(price)),
            new Quantity(instrument.QuantityScale.FromDecimal(size)),
            side,
            new EventTimes(Timestamp.FromMilliseconds(time), Now))));

    public Task StatusAsync(Instrument instrument, BookState state, string reason) =>
        FeedAsync(batch => batch.On(new VenueStatus(instrument.Id, state, reason, default, Now)));

    /// <summary>Lets time go on, for the market as well, and waits until it knows.</summary>
    public async Task AdvanceAsync(TimeSpan span)
    {
        Time.Advance(span);
        await FeedAsync(batch => batch.On(new Tick(Now)));
    }

    public async Task<JsonElement> GetAsync(string path, int status = 200)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<string> GetTextAsync(string path) => await _http.GetStringAsync(new Uri(path, UriKind.Relative));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Timestamp Now => Timestamp.From(Time.GetUtcNow());

    private static Level[] Levels(Instrument instrument, (decimal Price, decimal Size, int Orders)[] levels) =>
        [.. levels.Select(level => new Level(
            new Price(instrument.PriceScale.FromDecimal(level.Price)),
            new Quantity(instrument.QuantityScale.FromDecimal(level.Size)),
            level.Orders))];

    private static InstrumentListing Listing(string symbol) => new()
    {
        Venue = Venue,
        Symbol = symbol,
        Pair = new Pair("BTC", "USDC"),
        Kind = InstrumentKind.Perpetual,
        PriceScale = new Scale(1),
        QuantityScale = new Scale(5),
        Tick = new Price(1),
        Lot = new Quantity(1),
    };

    private Task FeedAsync(Action<EventBatch> write) => Loop.FeedAsync(write);
}
