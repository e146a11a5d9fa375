using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.Hosting;
using Omnibook.Server.Pipeline;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Hosting;

/// <summary>A ban outlives the process that was banned.</summary>
public sealed class RestBansTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("omnibook-bans").FullName;
    private readonly ManualTimeProvider _clock = new();

    private string File => Path.Combine(_path, "bans.json");

    [Fact]
    public async Task A_ban_is_kept_over_a_restart_and_forgotten_when_it_is_over()
    {
        var until = _clock.GetUtcNow() + TimeSpan.FromMinutes(2);
        await using (var first = new Venue(_clock))
        {
            first.Followed.Rest.RestoreBlock(until);
            Keeper().Keep([first.Followed]);
        }

        Assert.Equal(until, Keeper().Until("binance-usdm"));
        Assert.Null(Keeper().Until("bybit"));

        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Null(Keeper().Until("binance-usdm"));
        await using var second = new Venue(_clock);
        Keeper().Keep([second.Followed]);
        Assert.Equal("{}", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"binance-usdm\":")]
    [InlineData("[1]")]
    public void A_file_that_cannot_be_read_bans_nobody(string text)
    {
        System.IO.File.WriteAllText(File, text);
        Assert.Null(Keeper().Until("binance-usdm"));
    }

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_path, recursive: true);

    private RestBans Keeper()
    {
        using var folder = DataFolder.Open(_path);
        return new RestBans(folder, _clock, NullLogger<RestBans>.Instance);
    }

    /// <summary>A venue that is never started.</summary>
    private sealed class Venue : IAsyncDisposable
    {
        private readonly MarketLoop _loop;

        public Venue(TimeProvider clock)
        {
            var known = KnownVenues.All.First(candidate => candidate.Id.Key == "binance-usdm");
            var catalog = new InstrumentCatalog();
            _loop = new MarketLoop(new Market(catalog, []), catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
            Followed = new FollowedVenue(
                known, new VenueOptions(known.Id, known.Defaults, []), catalog, _loop, (_, _) => Task.CompletedTask, clock, NullLogger.Instance);
        }

        public FollowedVenue Followed { get; }

        public async ValueTask DisposeAsync()
        {
            await Followed.DisposeAsync();
            await _loop.DisposeAsync();
        }
    }
}
