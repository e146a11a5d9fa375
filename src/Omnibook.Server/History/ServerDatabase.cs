using Omnibook.History.Database;
using Omnibook.History.Journal;
using Omnibook.Server.Hosting;

namespace Omnibook.Server.History;

/// <summary>
/// The database of what has been, which follows the journal. It begins after the market and ends before it; a server that keeps no journal has
/// none. Nothing in the market waits for it.
/// </summary>
internal sealed partial class ServerDatabase(ServerPlan plan, IServiceProvider services, TimeProvider time, ILogger<ServerDatabase> log) : IHostedService
{
    private JournalSource? _source;
    private HistoryDatabase? _database;

    /// <summary>The database, to be asked from any thread; null while there is none.</summary>
    public HistoryDatabase? Database => Volatile.Read(ref _database);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<ServerHistory>().Journal is { } journal)
        {
            var options = OptionsOf(plan);
            if (plan.Mode == RunMode.Demo && Directory.Exists(options.Folder))
            {
                // The journal of a demo begins anew with every run, and so does what is made of it.
                Directory.Delete(options.Folder, recursive: true);
            }

            _source = SourceOf(journal);
            var database = new HistoryDatabase(options, _source, time, LogRemark);
            Volatile.Write(ref _database, database);
            database.Start();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _database, null) is { } database)
        {
            await database.DisposeAsync();
            _source!.Dispose();
        }
    }

    /// <summary>What of a journal may be read: only what is on the disk, since a position that is not may yet mean something else.</summary>
    public static JournalSource SourceOf(MarketJournal journal) => new(journal.Folder, () => journal.DurablePosition);

    /// <summary>Where the files are, and how long they are kept.</summary>
    public static HistoryDatabaseOptions OptionsOf(ServerPlan plan) => new()
    {
        Folder = Path.Combine(plan.Options.Storage.DataFolder, plan.Mode == RunMode.Demo ? "history.demo" : "history"),
        Retention = plan.Options.History.Retention,
    };

    [LoggerMessage(LogLevel.Warning, "{Remark}")]
    private partial void LogRemark(string remark);
}
