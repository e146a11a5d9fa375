using System.CommandLine;
using System.Globalization;
using Omnibook.Core.Events;
using Omnibook.Core.Flow;
using Omnibook.Core.Instruments;
using Omnibook.History.Database;
using Omnibook.History.Database.Export;
using Omnibook.Server.Apis.Export;
using Omnibook.Server.Hosting;
using Omnibook.Venues;

namespace Omnibook.Server.Commands.Export;

/// <summary><c>omnibook export</c>: what has been, into a Parquet file. A server that runs is asked; otherwise the journal is read here.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> Kind = new("kind") { Description = $"{string.Join(", ", ExportApi.Kinds.Keys)}." };

    private static readonly Option<string> From = new("--from") { Description = "The first moment: 2026-11-20T12:00:00Z, or milliseconds since the Unix epoch (all that is kept)." };

    private static readonly Option<string> To = new("--to") { Description = "The first moment that is not wanted any more." };

    private static readonly Option<string> Venue = new("--venue") { Description = $"One venue: {string.Join(", ", KnownVenues.All.Select(venue => venue.Id))}." };

    private static readonly Option<string> Symbol = new("--symbol") { Description = "One symbol, in the venue's spelling." };

    private static readonly Option<string> Interval = new("--interval") { Description = $"How long candles are: {string.Join(", ", FlowInterval.All)} (1m)." };

    private static readonly Option<FileInfo> Out = new("--out") { Description = "The file to be made; it must not be there yet.", Required = true };

    private static readonly Option<FileInfo> KeyFile = new("--key-file") { Description = "A file with an API key, where the running server wants one." };

    /// <summary>Describes the command.</summary>
    public static Command Create(SettingFlags settings)
    {
        var command = new Command("export", "Writes trades, liquidations, books or candles of the past into a Parquet file.")
        {
            Kind, From, To, Venue, Symbol, Interval, Out, KeyFile,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, settings, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, SettingFlags settings, CancellationToken cancellationToken)
    {
        var configuration = settings.Load(parsed);
        if (configuration.Problems.Count > 0)
        {
            return Problems.Report(configuration.Problems);
        }

        if (!TryRead(parsed, out var request, out var problem))
        {
            return Problems.Report(problem);
        }

        var target = parsed.GetValue(Out)!;
        if (target.Exists || target.Directory is not { Exists: true })
        {
            return Problems.Report($"--out {target.FullName}: {(target.Exists ? "it is there already" : "there is no such folder")}.");
        }

        try
        {
            var plan = new ServerPlan { Options = configuration.Options, Mode = RunMode.Live };
            var rows = await ExportRun.RunAsync(plan, request, target.FullName, parsed.GetValue(KeyFile), cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:#,0} rows in {target.FullName}"));
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is StartupException or HistoryException or HttpRequestException or IOException or UnauthorizedAccessException)
        {
            return Problems.Report(exception.Message);
        }
    }

    private static bool TryRead(ParseResult parsed, out ExportRequest request, out string problem)
    {
        problem = "";
        var interval = FlowInterval.Minute;
        var range = new HistoryRange(Moment("--from", From, HistoryRange.All.From, ref problem), Moment("--to", To, HistoryRange.All.To, ref problem));
        var venue = parsed.GetValue(Venue);
        if (!ExportApi.Kinds.TryGetValue(parsed.GetValue(Kind)!, out var kind))
        {
            problem = $"{parsed.GetValue(Kind)}: there is {string.Join(", ", ExportApi.Kinds.Keys)}.";
        }
        else if (venue is not null && !KnownVenues.All.Any(known => known.Id.Key == venue))
        {
            problem = $"--venue {venue}: no such venue; there are {string.Join(", ", KnownVenues.All.Select(known => known.Id))}.";
        }
        else if (parsed.GetValue(Interval) is { } text && !FlowInterval.TryParse(text, out interval))
        {
            problem = $"--interval {text}: there is {string.Join(", ", FlowInterval.All)}.";
        }
        else if (problem.Length == 0 && range.To <= range.From)
        {
            problem = "--to must be after --from.";
        }

        request = new ExportRequest(kind, range)
        {
            Venue = venue is null ? null : new VenueId(venue),
            Symbol = parsed.GetValue(Symbol),
            Interval = interval ?? FlowInterval.Minute,
        };
        return problem.Length == 0;

        Timestamp Moment(string name, Option<string> option, Timestamp otherwise, ref string wrong)
        {
            if (parsed.GetValue(option) is not { } given)
            {
                return otherwise;
            }

            if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < long.MaxValue / 1_000_000)
            {
                return Timestamp.FromMilliseconds(milliseconds);
            }

            if (DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            {
                return Timestamp.From(moment);
            }

            wrong = $"{name} {given}: expected 2026-11-20T12:00:00Z, or milliseconds since the Unix epoch.";
            return otherwise;
        }
    }
}
