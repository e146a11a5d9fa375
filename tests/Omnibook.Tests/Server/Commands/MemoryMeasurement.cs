using System.Diagnostics;
using System.Text.RegularExpressions;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.Server.Commands;

/// <summary>What six venues of ten symbols cost in memory, simulators included: a measurement of a minute, run when it is asked for.</summary>
public sealed partial class MemoryMeasurement : IDisposable
{
    private const int MostMegabytes = 512;
    private const int Seconds = 60;
    private const string Assets = "BTC ETH SOL BNB XRP DOGE ADA AVAX LINK";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-memory-");
    private readonly HttpClient _http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact(Explicit = true)]
    public async Task Six_venues_of_ten_symbols_with_their_simulators_live_in_half_a_gigabyte()
    {
        var port = OmnibookProcess.FreePort();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), Settings(), Cancel);
        using var demo = OmnibookProcess.Start(_folder.FullName, $"--demo --port {port} --cryexc-port 0");
        var metrics = new Uri($"http://127.0.0.1:{port}/metrics");
        await Eventually.HoldsAsync(() => demo.Output.Contains("Hint", StringComparison.Ordinal), () => $"the demo serves: {demo.Errors}");
        var most = 0L;
        for (var second = 0; second < Seconds; second++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancel);
            using var process = Process.GetProcessById(demo.Id);
            most = Math.Max(most, process.WorkingSet64 / (1024 * 1024));
        }

        var live = LiveBooks().Count(await _http.GetStringAsync(metrics, Cancel));
        TestContext.Current.SendDiagnosticMessage($"{live} books live, {most} MB at most");
        Assert.True(live >= 60, $"{live} books are live.");
        Assert.InRange(most, 1, MostMegabytes);
    }

    [GeneratedRegex("^omnibook_book_state\\{[^}]*state=\"live\"\\} 1\\b", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LiveBooks();

    private static string Settings() => $$"""
        { "Omnibook": { "Venues": {
          "binance-spot": { "Symbols": [{{Symbols("USDT", "LTC")}}] },
          "binance-usdm": { "Symbols": [{{Symbols("USDT", "HYPE")}}] },
          "bybit": { "Symbols": [{{Symbols("USDT", "HYPE")}}] },
          "coinbase": { "Symbols": ["BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "DOGE-USD", "ADA-USD", "AVAX-USD", "LINK-USD", "COIN9-USD", "COIN10-USD"] },
          "hyperliquid": { "Symbols": [{{Symbols("", "HYPE")}}] },
          "lighter": { "Symbols": [{{Symbols("", "HYPE")}}] }
        } } }
        """;

    private static string Symbols(string quote, string tenth) =>
        string.Join(", ", $"{Assets} {tenth}".Split(' ').Select(asset => $"\"{asset}{quote}\""));
}
