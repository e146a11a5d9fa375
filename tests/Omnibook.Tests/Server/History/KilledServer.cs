using System.Text.Json;
using Omnibook.Core.Instruments;
using Omnibook.History.Journal;
using Omnibook.History.Segments;
using Omnibook.Simulator;
using Omnibook.Tests.History.Journal;
using Omnibook.Tests.Server.Commands;
using Omnibook.Tests.Time;
using Omnibook.Venues;

namespace Omnibook.Tests.Server.History;

/// <summary>A server as a process of its own that follows simulated venues, is killed, and is started again in the same folder.</summary>
internal sealed class KilledServer : IAsyncDisposable
{
    private static readonly string[] Followed = ["bybit", "binance-usdm"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-killed-");
    private readonly HttpClient _http = new();
    private OmnibookProcess? _process;
    private int _port;

    private KilledServer(SimulatorHost simulator) => Simulator = simulator;

    public SimulatorHost Simulator { get; }

    public string Journal => Path.Combine(_folder.FullName, "data", "journal");

    /// <summary>How long the slowest start took until the server answered.</summary>
    public TimeSpan SlowestStart { get; private set; }

    /// <summary>The highest position that the server has called durable.</summary>
    public long Acknowledged { get; private set; } = -1;

    public static async Task<KilledServer> CreateAsync() => new(await SimulatorHost.StartAsync(
        new SimulatorOptions { Seed = 23, Venues = Followed, Remembered = 1_000_000, ActivityPercent = 300, BinanceSymbols = 1, BybitSymbols = 1 },
        TimeProvider.System,
        TestContext.Current.CancellationToken));

    /// <summary>Starts the server and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _port = OmnibookProcess.FreePort();
        var began = TimeProvider.System.GetTimestamp();
        _process = OmnibookProcess.Start(_folder.FullName, $"--port {_port} --cryexc-port 0", [.. Environment()]);
        JsonDocument? health = null;
        await Eventually.HoldsAsync(() => (health = Health()) is not null, () => $"the server answers: {_process.Output} {_process.Errors}");
        health!.Dispose();
        var took = TimeProvider.System.GetElapsedTime(began);
        SlowestStart = took > SlowestStart ? took : SlowestStart;
    }

    /// <summary>Waits until so many more events are durable.</summary>
    public Task JournalAsync(int events)
    {
        var until = Math.Max(Acknowledged, 0) + events;
        return Eventually.HoldsAsync(() => Look() >= until, () => $"{until} is durable: {_process!.Errors}");
    }

    /// <summary>What the server says of its history.</summary>
    public JsonElement History()
    {
        using var health = Health();
        return health!.RootElement.GetProperty("history").Clone();
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.ExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task<int> StopAsync()
    {
        _process!.Terminate();
        var code = await _process.ExitAsync();
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Everything in the journal, in order, with the instruments of its own catalog.</summary>
    public (EventList Events, InstrumentCatalog Catalog, List<SegmentDamage> Damage, long Next) Read()
    {
        var (list, catalog, damage) = (new EventList(), new InstrumentCatalog(), new List<SegmentDamage>());
        using var reader = new JournalReader(Journal, 0, catalog, damage.Add);
        var next = 0L;
        while (reader.Read(list))
        {
            next = reader.Next;
        }

        return (list, catalog, damage, next);
    }

    public async ValueTask DisposeAsync()
    {
        _process?.Dispose();
        _http.Dispose();
        await Simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private long Look()
    {
        using var health = Health();
        if (health?.RootElement.TryGetProperty("history", out var history) == true && history.TryGetProperty("durable_position", out var durable))
        {
            Acknowledged = Math.Max(Acknowledged, durable.GetInt64());
        }

        return Acknowledged;
    }

    private JsonDocument? Health()
    {
        try
        {
            using var answer = _http.Send(new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{_port}/health")));
            return JsonDocument.Parse(answer.Content.ReadAsStream());
        }
        catch (Exception refused) when (refused is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private IEnumerable<(string Name, string Value)> Environment()
    {
        foreach (var venue in KnownVenues.All.Select(known => known.Id.Key))
        {
            var variable = $"VENUE__{venue.Replace('-', '_').ToUpperInvariant()}__";
            yield return ($"{variable}ENABLED", Followed.Contains(venue) ? "true" : "false");
            if (Simulator.Venues.FirstOrDefault(address => address.Key == venue) is { } address)
            {
                yield return ($"{variable}REST", address.Rest.ToString());
                yield return ($"{variable}SOCKET", address.Socket.ToString());
                yield return ($"{variable}SYMBOLS", "BTCUSDT");
            }
        }

        foreach (var composite in (string[])["BTC", "ETH", "SOL", "NBBO", "BTC_SPOT", "ETH_SPOT", "SOL_SPOT", "BTC_USD", "ETH_USD", "SOL_USD"])
        {
            yield return ($"COMPOSITE__{composite}", "[]");
        }
    }
}
