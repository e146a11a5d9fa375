using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Core;
using Omnibook.Core.Books;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History;
using Omnibook.Server.Alerts;
using Omnibook.Server.Alerts.Webhooks;
using Omnibook.Server.Apis;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.Liquidity;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.MarketData.Live;
using Omnibook.Server.Apis.Nbbo;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Tests.Core.Liquidity;
using Omnibook.Tests.Server.Apis.Nbbo;
using Omnibook.Venues.Hyperliquid;

namespace Omnibook.Tests.Server.Apis.Alerts;

/// <summary>Alerts on a free port of the loopback: two books fed by hand as the composite SPOT, and a third that is followed only when an alert asks.</summary>
internal sealed class AlertHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly Instrument[] _members;
    private long _sequence;

    private AlertHost(WebApplication app, ManualTimeProvider time, Instrument[] members, List<string> leases)
    {
        (_app, Time, _members, Leases) = (app, time, members, leases);
        _http = new HttpClient { BaseAddress = Address };
    }

    public ManualTimeProvider Time { get; }

    /// <summary>What is followed because an alert asked, by symbol.</summary>
    public List<string> Leases { get; }

    public Uri Address => new(_app.Urls.First());

    public AlertStore Store => _app.Services.GetRequiredService<AlertStore>();

    public WebhookCourier Courier => _app.Services.GetRequiredService<WebhookCourier>();

    public Timestamp Now => Timestamp.From(Time.GetUtcNow());

    public MarketLoop Loop => _app.Services.GetRequiredService<MarketLoop>();

    public static async Task<AlertHost> StartAsync(DirectoryInfo folder, AlertOptions? options = null, ManualTimeProvider? time = null)
    {
        time ??= new ManualTimeProvider();
        var (catalog, leases) = (new InstrumentCatalog(), new List<string>());
        Instrument[] members =
        [
            catalog.Register(MadeVenues.Listing("binance-spot", quote: "USDT")),
            catalog.Register(MadeVenues.Listing("coinbase")),
        ];
        var other = MadeVenues.Listing("bybit", @base: "ETH");
        var market = new Market(catalog, [new Composite("SPOT", members)]);
        var app = await LoopbackApi.StartAsync(time, catalog, market, folder, services => services
            .AddSingleton(new HyperliquidInfo(new FakeVenueRest()))
            .AddSingleton(new LiquiditySettings
            {
                Symbols =
                [
                    SymbolPlan.Of("BTC-USD", new CompositeOptions("SPOT", [.. members.Select(member => new MemberName(member.Venue, member.Symbol))])),
                ],
            })
            .AddApis(
                new ApiOptions(),
                new NbboRules(),
                new MarketDataRules(),
                _ => new ExchangeSources(_ => null),
                _ => new MarketFollowing(_ => throw new InvalidOperationException(), (_, _) => throw new InvalidOperationException(), (_, _, _) => false),
                _ => new HealthSources("demo", "1.2.3", time.GetUtcNow(), () => []))
            .AddSingleton(new AlertSources(
                venue => new InstrumentDirectory([.. members.Select(member => member.Listing).Append(other).Where(listing => listing.Venue == venue)], SpellingRules.None),
                listing =>
                {
                    leases.Add(listing.Symbol);
                    return new MarketLease(catalog.Register(listing), null, () => leases.Remove(listing.Symbol));
                },
                () => [.. members.Select(member => member.Venue).Append(other.Venue)]))
            .AddSingleton(new AlertStore(Path.Combine(folder.FullName, "alerts.db")))
            .AddAlerts(options ?? new AlertOptions { Schemes = ["http"], AllowedHosts = [IPAddress.Loopback.ToString()] }));
        return new AlertHost(app, time, [.. members, new Instrument(new InstrumentId(2), other)], leases);
    }

    /// <summary>A member's book from one bid and one ask.</summary>
    public Task FeedAsync(int member, decimal bid, decimal ask, decimal size = 1) => Loop.FeedAsync(batch => batch.On(
        new BookSnapshot(_members[member].Id, ++_sequence, new EventTimes(default, Now), RestartsSequence: true), [Level(member, bid, size)], [Level(member, ask, size)]));

    public Task DropAsync(int member) =>
        Loop.FeedAsync(batch => batch.On(new VenueStatus(_members[member].Id, BookState.Connecting, StatusReasons.Disconnected, default, Now)));

    public Task FundAsync(int member, decimal rate) => Loop.FeedAsync(batch => batch.On(new Funding(
        _members[member].Id, DerivedScales.Rate.FromDecimal(rate), default, TimeSpan.FromHours(8), new EventTimes(default, Now))));

    public Task LiquidateAsync(int member, decimal price, decimal size) => Loop.FeedAsync(batch => batch.On(
        new Liquidation(_members[member].Id, TakerSide.Sell, Level(member, price, size).Price, Level(member, price, size).Quantity, new EventTimes(default, Now))));

    /// <summary>Lets time go on, and tells the market.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        Time.Advance(span);
        await Loop.FeedAsync(batch => batch.On(new Tick(Now)));
    }

    public async Task<JsonElement> CreateAsync(object alert, int status = 201)
    {
        using var content = new StringContent(alert as string ?? JsonSerializer.Serialize(alert), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("/api/alerts", UriKind.Relative), content);
        return await ReadAsync(answer, status);
    }

    public async Task<JsonElement> GetAsync(string path, int status = 200)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(answer, status);
    }

    public async Task<JsonElement> DeleteAsync(string id, int status = 200)
    {
        using var answer = await _http.DeleteAsync(new Uri($"/api/alerts/{id}", UriKind.Relative));
        return await ReadAsync(answer, status);
    }

    /// <summary>Waits until so many events were told, and gives them.</summary>
    public async Task<JsonElement[]> EventsAsync(int count)
    {
        JsonElement[] events = [];
        for (var tries = 0; events.Length < count; tries++)
        {
            Assert.True(tries < 1_000, $"{events.Length} of {count} events");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
            events = [.. (await GetAsync("/api/alerts/events")).GetProperty("events").EnumerateArray()];
        }

        Assert.Equal(count, events.Length);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private Level Level(int member, decimal price, decimal size)
    {
        var listing = _members[member].Listing;
        return new Level(new Price(listing.PriceScale.FromDecimal(price)), new Quantity(listing.QuantityScale.FromDecimal(size)));
    }
}
