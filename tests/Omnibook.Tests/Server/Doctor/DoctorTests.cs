using System.Net;
using Microsoft.Extensions.Logging;
using Omnibook.Core.Instruments;
using Omnibook.Server.Commands;
using Omnibook.Server.Configuration;
using Omnibook.Server.Doctor;
using Omnibook.Simulator;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.Doctor;

/// <summary>The doctor at simulated venues, over real sockets.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Where_everything_is_well_every_line_says_so_up_to_the_first_data()
    {
        await using var simulator = await SimulateAsync("binance-usdm", "hyperliquid");

        var (code, text) = await RunAsync(Venue(simulator, "binance-usdm", "BTCUSDT"), Venue(simulator, "hyperliquid", "BTC", "ETH"));

        Assert.Equal(ExitCode.Success, code);
        Assert.DoesNotContain("FAIL", text, StringComparison.Ordinal);
        foreach (var words in (string[])["can be written", "MB free", "can be opened", "1 of 1 books live", "2 of 2 books live", "ours agrees with the venue's"])
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_venue_that_is_not_there_is_a_line_with_the_fix_and_the_others_are_tried_all_the_same()
    {
        await using var simulator = await SimulateAsync("binance-usdm");
        var dead = new VenueOptions(new VenueId("bybit"), new VenueAddresses(new Uri("http://127.0.0.1:1/"), new Uri("ws://127.0.0.1:1/")), ["BTCUSDT"]);

        var (code, text) = await RunAsync(dead, Venue(simulator, "binance-usdm", "BTCUSDT"));

        Assert.Equal(ExitCode.Fault, code);
        Assert.Contains("FAIL bybit                connect", text, StringComparison.Ordinal);
        Assert.Contains("VENUE__BYBIT__ENABLED=false", text, StringComparison.Ordinal);
        Assert.Contains("FAIL bybit                data     its instruments cannot be had", text, StringComparison.Ordinal);
        Assert.Contains("ok   binance-usdm         data", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_and_a_symbol_that_is_not_listed_are_told()
    {
        await using var simulator = await SimulateAsync("hyperliquid");
        var nowhere = new VenueOptions(
            new VenueId("lighter"), new VenueAddresses(new Uri("https://omnibook.invalid/"), new Uri("wss://omnibook.invalid/")), ["BTC"]);

        var (code, text) = await RunAsync(nowhere, Venue(simulator, "hyperliquid", "BTC", "NOSUCH"));

        Assert.Equal(ExitCode.Fault, code);
        Assert.Contains("FAIL lighter              dns", text, StringComparison.Ordinal);
        Assert.Contains("the venue does not list NOSUCH -> take them out of VENUE__HYPERLIQUID__SYMBOLS", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-30, "warn", "ours is 30 s behind the venue's")]
    [InlineData(3600, "warn", "ours is 3600 s ahead of the venue's")]
    [InlineData(1, "ok", "ours agrees")]
    public void A_clock_that_is_wrong_is_told_with_its_direction(int seconds, string mark, string words)
    {
        var line = HostChecks.JudgeSkew("bybit", TimeSpan.FromSeconds(seconds)).ToString();
        Assert.StartsWith(mark, line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
    }

    private static Task<SimulatorHost> SimulateAsync(params string[] venues) =>
        SimulatorHost.StartAsync(new SimulatorOptions { Seed = 7, Venues = venues }, TimeProvider.System);

    private static VenueOptions Venue(SimulatorHost simulator, string key, params string[] symbols)
    {
        var venue = simulator.Venues.Single(venue => venue.Key == key);
        return new VenueOptions(new VenueId(key), new VenueAddresses(venue.Rest, venue.Socket), symbols);
    }

    private async Task<(int Code, string Text)> RunAsync(params VenueOptions[] venues)
    {
        var options = new OmnibookOptions
        {
            Listen = new ListenOptions(IPAddress.Loopback, [0], [], []),
            Storage = new StorageOptions(_folder.FullName, null, TimeSpan.FromSeconds(4), TimeSpan.FromDays(30)),
            LogLevel = LogLevel.Warning,
            TestEndpoints = false,
            Nbbo = new NbboOptions(new VenueId("hyperliquid-testnet"), "NBBO", "BTC"),
            Venues = venues,
            Composites = [],
            Remarks = [],
        };
        await using var output = new StringWriter();
        var patience = TimeSpan.FromSeconds(venues.Any(venue => !venue.Addresses.Rest.IsLoopback || venue.Addresses.Rest.Port == 1) ? 8 : 60);
        var code = await DoctorCommand.RunAsync(options, patience, output, TimeProvider.System, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
