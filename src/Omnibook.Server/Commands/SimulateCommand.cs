using System.CommandLine;
using System.Globalization;
using Omnibook.Server.Hosting;
using Omnibook.Simulator;

namespace Omnibook.Server.Commands;

/// <summary><c>omnibook simulate</c>: the simulated venues alone, for whatever client wants to try them.</summary>
internal static class SimulateCommand
{
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Chooses the whole run.", DefaultValueFactory = _ => 1 };

    private static readonly Option<string[]> Venues = new("--venues")
    {
        Description = "Only these venues; all that are known unless told.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> Ports = new("--ports")
    {
        Description = "Ports of venues, such as binance-usdm=9001; a venue that is left out gets a free one.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> ControlPort = new("--control-port") { Description = "Port of the control route; 0 takes a free one." };

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var command = new Command("simulate", "Starts the simulated venues alone and prints where they are.") { Seed, Venues, Ports, ControlPort };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var venues = parsed.GetValue(Venues) is { Length: > 0 } some ? some.Distinct(StringComparer.Ordinal).ToArray() : SimulatorHost.VenueKeys;
        if (venues.FirstOrDefault(key => !SimulatorHost.VenueKeys.Contains(key, StringComparer.Ordinal)) is { } unknown)
        {
            return Problems.Report($"--venues {unknown}: expected some of {string.Join(", ", SimulatorHost.VenueKeys)}.");
        }

        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(Ports) ?? [])
        {
            if (!TryRead(text, venues, ports))
            {
                return Problems.Report($"--ports {text}: expected venue=port, the venue one of {string.Join(", ", venues)}.");
            }
        }

        try
        {
            using var stop = new StopSignal();
            var options = new SimulatorOptions { Seed = parsed.GetValue(Seed), Venues = venues, Ports = ports, ControlPort = parsed.GetValue(ControlPort) };
            await using var simulator = await SimulatorHost.StartAsync(options, TimeProvider.System);
            Print(simulator, parsed.GetValue(Seed));
            await stop.Received;
            return ExitCode.Success;
        }
        catch (IOException exception)
        {
            return Problems.Report($"{exception.Message} Choose another port with --ports or --control-port.");
        }
    }

    private static bool TryRead(string text, IReadOnlyList<string> venues, Dictionary<string, int> ports)
    {
        var parts = text.Split('=');
        if (parts.Length != 2 || !venues.Contains(parts[0], StringComparer.Ordinal)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
        {
            return false;
        }

        ports[parts[0]] = port;
        return true;
    }

    private static void Print(SimulatorHost simulator, ulong seed)
    {
        Console.WriteLine($"Omnibook {ServerState.Version} simulator, seed {seed}: every price is invented.");
        foreach (var venue in simulator.Venues)
        {
            Console.WriteLine($"{venue.Key,-20} REST {venue.Rest}  WebSocket {venue.Socket}");
        }

        Console.WriteLine($"{"control",-20} {simulator.Control}");
        Console.WriteLine("Ctrl-C stops.");
    }
}
