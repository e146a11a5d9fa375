using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Omnibook.Simulator;
using Omnibook.Tests.Tidy;

namespace Omnibook.Tests.Clients;

/// <summary>The simulators of all venues, and the Node programs of <c>tests/clients</c>, installed from their lock file.</summary>
public sealed class NodeClients : IAsyncLifetime
{
    private const string NeedsNode = "TESTS_NEED_NODE";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string Folder = Path.Combine(Repository.Root.FullName, "tests", "clients");
    private static readonly string[] VenueKeys = ["binance-spot", "binance-usdm", "coinbase", "bybit", "hyperliquid", "lighter"];
    private Dictionary<string, Task<ClientReport>> _reports = [];
    private bool _hasNode;

    internal SimulatorHost Simulator { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _hasNode = await HasNodeAsync();
        if (_hasNode && !IsInstalled())
        {
            await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci", "--no-progress");
        }

        Simulator = await SimulatorHost.StartAsync(new SimulatorOptions
        {
            Seed = 45,
            Remembered = 100_000,
            Venues = VenueKeys,
            HyperliquidBookCadence = TimeSpan.FromMilliseconds(200),
        }, TimeProvider.System, Cancel);
        if (_hasNode)
        {
            // All at once: they wait for the market most of the time.
            _reports = VenueKeys.ToDictionary(static key => key, ReportAsync, StringComparer.Ordinal);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // What went wrong is told by the tests that await them.
        await Task.WhenAll(_reports.Values).ContinueWith(static _ => { }, TaskScheduler.Default);
        await Simulator.DisposeAsync();
    }

    /// <summary>What the client library saw of a venue.</summary>
    internal Task<ClientReport> WatchAsync(string venue)
    {
        SkipWithoutNode();
        return _reports[venue];
    }

    /// <summary>What the client library was told when it traded with a key.</summary>
    internal async Task<JsonElement> TradeAsync(string address, string key)
    {
        var venue = Simulator.Venues.Single(known => known.Key == "hyperliquid");
        return JsonDocument.Parse(await RunAsync("node", "trade.mjs", $"{venue.Rest}", address, key)).RootElement;
    }

    /// <summary>Skips the test where there is no Node, unless there has to be.</summary>
    internal void SkipWithoutNode()
    {
        Assert.SkipUnless(_hasNode || Environment.GetEnvironmentVariable(NeedsNode) is not null, "Node is not installed, so no client library can be run.");
        Assert.True(_hasNode, $"Node is not installed, and {NeedsNode} says that it has to be.");
    }

    private async Task<ClientReport> ReportAsync(string venue)
    {
        var address = Simulator.Venues.Single(known => known.Key == venue);
        var output = await RunAsync("node", "watch.mjs", venue, $"{address.Rest}", $"{address.Socket}");
        return JsonSerializer.Deserialize<ClientReport>(output, JsonSerializerOptions.Web)!;
    }

    /// <summary>What npm installed last has a lock file of its own, written at the end.</summary>
    private static bool IsInstalled()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"));
    }

    private static async Task<bool> HasNodeAsync()
    {
        try
        {
            await RunAsync("node", "--version");
            return true;
        }
        catch (Win32Exception)
        {
            // There is no such program; the tests say that they are skipped for it.
            return false;
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
            return await output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
