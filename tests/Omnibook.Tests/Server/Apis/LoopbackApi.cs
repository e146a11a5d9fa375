using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.History;
using Omnibook.Server.Apis;
using Omnibook.Server.Configuration;
using Omnibook.Server.Hosting;
using Omnibook.Server.Pipeline;

namespace Omnibook.Tests.Server.Apis;

/// <summary>What the hosts of all dialects have in common: a free port of the loopback, a market that is fed by hand, a store in a folder of the test.</summary>
internal static class LoopbackApi
{
    /// <summary>Starts the whole of the APIs over a market.</summary>
    public static async Task<WebApplication> StartAsync(
        TimeProvider time, InstrumentCatalog catalog, Market market, DirectoryInfo folder, Action<IServiceCollection> addApis)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => Kestrel.Configure(kestrel, new ListenOptions(IPAddress.Loopback, [0], [], [])));
        builder.Services
            .AddSingleton(time)
            .AddSingleton(catalog)
            .AddSingleton(_ => new MarketLoop(market, catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance))
            .AddSingleton(_ => PriceSnapshotStore.Open(new PriceSnapshotStoreOptions { Path = Path.Combine(folder.FullName, "prices.db") }, time));
        addApis(builder.Services);
        var app = builder.Build();
        app.UseApis();
        app.Services.GetRequiredService<MarketLoop>().Start();
        await app.StartAsync();
        return app;
    }

    /// <summary>Gives events to a market and waits until they are applied.</summary>
    public static async Task FeedAsync(this MarketLoop loop, Action<EventBatch> write)
    {
        var batch = loop.Rent();
        write(batch);
        await loop.EnqueueAsync(batch, CancellationToken.None);
        await loop.ReadAsync(market => market.Now, CancellationToken.None);
    }
}
