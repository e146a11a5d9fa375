using Omnibook.Core.Instruments;
using Omnibook.History.Database;
using Omnibook.History.Database.Export;
using Omnibook.History.Journal;
using Omnibook.History.Segments;
using Omnibook.Server.History;
using Omnibook.Server.Hosting;
using Spectre.Console;

namespace Omnibook.Server.Commands.Export;

/// <summary>Opens journal and database itself, as the server does, while no server holds the data folder.</summary>
internal static class LocalExport
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads in what the database lacks, and writes the file.</summary>
    /// <exception cref="HistoryException">There is nothing to write, or no database.</exception>
    public static async Task<long> RunAsync(ServerPlan plan, ExportRequest request, string target, ProgressContext progress, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(plan.Options.Storage.DataFolder, "journal");
        if (!Directory.Exists(folder))
        {
            throw new HistoryException(HistoryTrouble.Nothing, $"There is no journal in {plan.Options.Storage.DataFolder}; name another folder with OMNIBOOK_DATA or --data.");
        }

        // Nothing is deleted on behalf of an export.
        var options = new JournalOptions { Segments = new SegmentOptions() };
        await using var journal = new MarketJournal(folder, options, new InstrumentCatalog(), TimeProvider.System);
        using var source = ServerDatabase.SourceOf(journal);
        await using var database = new HistoryDatabase(ServerDatabase.OptionsOf(plan), source, TimeProvider.System, Console.Error.WriteLine);
        database.Start();
        await CatchUpAsync(database, journal.DurablePosition, progress.AddTask("the journal is read in"), cancellationToken);
        var writing = progress.AddTask("the file is made").IsIndeterminate();
        using var file = await database.ExportAsync(request, cancellationToken);
        File.Copy(file.Path, target);
        writing.IsIndeterminate(false).Value(writing.MaxValue);
        return file.Rows;
    }

    private static async Task CatchUpAsync(HistoryDatabase database, long position, ProgressTask task, CancellationToken cancellationToken)
    {
        task.MaxValue(Math.Max(1, position));
        var reached = database.ReachAsync(position, cancellationToken);
        while (await Task.WhenAny(reached, Task.Delay(LookEvery, TimeProvider.System, cancellationToken)) != reached)
        {
            var status = database.Status;
            if (status.State is HistoryState.Missing or HistoryState.Degraded)
            {
                throw new HistoryException(HistoryTrouble.Unavailable, status.Words);
            }

            task.Value(status.Position);
        }

        await reached;
        task.Value(task.MaxValue);
    }
}
