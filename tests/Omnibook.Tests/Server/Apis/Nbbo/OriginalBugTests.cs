using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Server.Configuration;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Apis.Nbbo;

/// <summary>Defects of the original that are not of one route. The others are tested where their routes are.</summary>
public sealed class OriginalBugTests
{
    [Fact]
    public void Bug_000_1_API_URL_and_DATABASE_URL_are_heard()
    {
        var loaded = Load(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["API_URL"] = "https://api.example.org",
            ["DATABASE_URL"] = "sqlite:///prices.db",
        });

        Assert.Empty(loaded.Problems);
        var venue = loaded.Options.Venues.Single(venue => venue.Id == loaded.Options.Nbbo.Venue);
        Assert.Equal("api.example.org", venue.Addresses.Rest.Host);
        Assert.Equal("api.example.org", venue.Addresses.Socket.Host);
        Assert.EndsWith("prices.db", loaded.Options.Storage.Database, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bug_000_6_prices_are_stored_although_nobody_watches()
    {
        await using var host = await NbboHost.StartAsync();
        await using (var recorder = new SnapshotRecorder(Load([]).Options, host.Store, NullLogger<SnapshotRecorder>.Instance))
        {
            host.Services.GetRequiredService<MarketLoop>().Subscribe(recorder);
            await host.FeedGoldenBooksAsync();
            await host.AdvanceAsync(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(0, host.Services.GetRequiredService<Omnibook.Server.Streams.ClientRegistry>().Count);
        var chart = await host.GetAsync("/chart/BTC?timeframe=1m");
        Assert.Equal(113685, chart.GetProperty("data")[0].GetProperty("close").GetDecimal());
        Assert.Equal(113670, (await host.GetAsync("/chart/merrli:BTC?timeframe=1m")).GetProperty("data")[0].GetProperty("close").GetDecimal());
    }

    [Theory]
    [InlineData("/aggregate-order-books")]
    [InlineData("/order-books?coin=sekaw:BTC")]
    [InlineData("/order-books/reconstructed?coin=sekaw:BTC")]
    [InlineData("/health")]
    [InlineData("/test/db/head")]
    [InlineData("/trades/latest")]
    public async Task N12_what_the_known_page_does_not_use_is_there_all_the_same(string path)
    {
        await using var host = await NbboHost.StartAsync();
        await host.FeedGoldenBooksAsync();
        await host.GetAsync(path);
    }

    private static LoadedConfiguration Load(Dictionary<string, string> environment)
    {
        var folder = Directory.CreateTempSubdirectory("omnibook-");
        try
        {
            return ConfigurationLoader.Load(
                new ConfigurationSources { WorkingFolder = folder.FullName, Environment = environment }, KnownVenues.All);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
