using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Omnibook.Core;
using Omnibook.Core.Instruments;
using Omnibook.Server.Configuration;
using Omnibook.Server.Hosting;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Replay;
using Omnibook.Venues;
using Omnibook.Venues.Captures;

namespace Omnibook.Server.Commands;

/// <summary><c>omnibook replay</c>: recorded frames through the sessions and the pipeline of live ones.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string[]> Paths = new("capture")
    {
        Description = "Files or folders of recorded frames, plain or gzipped; several are one stream in this order.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Venue = new("--venue")
    {
        Description = $"Whose frames they are: {string.Join(", ", KnownVenues.All.Select(venue => venue.Id))}.",
        Required = true,
    };

    private static readonly Option<string> Speed = new("--speed") { Description = "max, or how many times as fast as recorded (1; max with --exit)." };

    private static readonly Option<string> Symbol = new("--symbol") { Description = "Only this symbol, in the venue's spelling." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the result as one JSON object." };

    private static readonly Option<bool> Exit = new("--exit") { Description = "End after the result instead of serving it." };

    /// <summary>Describes the command.</summary>
    public static Command Create(SettingFlags settings)
    {
        var command = new Command("replay", "Plays recorded frames through the pipeline, prints what they came to, and serves the result.")
        {
            Paths, Venue, Speed, Symbol, Json, Exit,
        };
        command.SetAction((parsed, _) => RunAsync(parsed, settings));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, SettingFlags settings)
    {
        var configuration = settings.Load(parsed);
        if (configuration.Problems.Count > 0)
        {
            return Problems.Report(configuration.Problems);
        }

        var known = KnownVenues.All.FirstOrDefault(venue => venue.Id.Key == parsed.GetValue(Venue));
        if (known is null)
        {
            return Problems.Report($"--venue {parsed.GetValue(Venue)}: no such venue; there are {string.Join(", ", KnownVenues.All.Select(venue => venue.Id))}.");
        }

        var text = parsed.GetValue(Speed) ?? (parsed.GetValue(Exit) ? "max" : "1");
        if (!ReplaySpeed.TryParse(text, out var speed))
        {
            return Problems.Report($"--speed {text}: expected max, or a number above 0 such as 1, 10 or 0.5.");
        }

        return await LearnAndRunAsync(parsed, configuration.Options, known, speed);
    }

    private static async Task<int> LearnAndRunAsync(ParseResult parsed, OmnibookOptions options, KnownVenue known, ReplaySpeed speed)
    {
        try
        {
            var venue = known.Create(known.Defaults);
            var paths = parsed.GetValue(Paths)!;
            var learnt = CaptureInstruments.Learn(venue, CaptureReader.Read(paths));
            var chosen = Choose(learnt, parsed.GetValue(Symbol));
            if (chosen.Count == 0 && !known.TellsNews)
            {
                return Problems.Report($"There is nothing of {known.Id} to replay. The symbols in the capture: {string.Join(", ", learnt.Select(one => one.Listing.Symbol))}.");
            }

            var capture = new CapturePlan(paths, venue, chosen, speed);
            return parsed.GetValue(Exit)
                ? await RunAndExitAsync(capture, parsed.GetValue(Json))
                : await ServeAsync(options, new ReplayPlan(capture, parsed.GetValue(Json)));
        }
        catch (CaptureException exception)
        {
            return Problems.Report(exception.Message);
        }
    }

    private static IReadOnlyList<CapturedInstrument> Choose(IReadOnlyList<CapturedInstrument> learnt, string? symbol) =>
        symbol is null ? learnt : [.. learnt.Where(one => one.Listing.Symbol.Equals(symbol, StringComparison.OrdinalIgnoreCase))];

    private static async Task<int> RunAndExitAsync(CapturePlan capture, bool json)
    {
        var catalog = new InstrumentCatalog();
        await using var loop = new MarketLoop(new Market(catalog, []), catalog, new MarketLoopOptions(), NullLogger<MarketLoop>.Instance);
        loop.Start();
        var report = await new CaptureRun(capture, loop, catalog, TimeProvider.System).RunAsync(CancellationToken.None);
        ReplayPrinter.Print(report, json, Console.Out);
        return ExitCode.Success;
    }

    /// <summary>A replay stores nothing among the user's data: what has to be a file is in a folder that goes when it ends.</summary>
    private static async Task<int> ServeAsync(OmnibookOptions options, ReplayPlan replay)
    {
        var folder = Directory.CreateTempSubdirectory("omnibook-replay-");
        try
        {
            return await ServeCommand.RunAsync(new ServerPlan
            {
                Options = options with { Storage = options.Storage with { DataFolder = folder.FullName, Database = null } },
                Mode = RunMode.Replay,
                Replay = replay,
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
