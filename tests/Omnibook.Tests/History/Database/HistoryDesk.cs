using Omnibook.History.Database;
using Omnibook.Tests.Time;

namespace Omnibook.Tests.History.Database;

/// <summary>A database in a folder of its own, on a clock that the test moves.</summary>
internal sealed class HistoryDesk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-tests-");
    private HistoryDatabase? _database;

    public HistoryDesk(TimeSpan after = default) => Clock = new ManualTimeProvider(MadeHistory.Began + after);

    public ManualTimeProvider Clock { get; }

    public MadeHistory Journal { get; init; } = new();

    public List<string> Told { get; } = [];

    public HistoryDatabaseOptions Options { get; init; } = new() { Folder = "" };

    public string Folder => Path.Combine(_folder.FullName, "history");

    public HistoryDatabase Database => _database ??= Open();

    public IEnumerable<string> Files => Directory.EnumerateFiles(Folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal);

    /// <summary>Everything of the journal is in the database, and what is to be tidied up is.</summary>
    public async Task<HistoryDatabase> CatchUpAsync()
    {
        await Database.ReachAsync(Journal.Last, TestContext.Current.CancellationToken);
        return Database;
    }

    /// <summary>Closes the database and opens it anew.</summary>
    public async Task<HistoryDatabase> RestartAsync()
    {
        await CloseAsync();
        return await CatchUpAsync();
    }

    public async Task CloseAsync()
    {
        await Database.DisposeAsync();
        _database = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private HistoryDatabase Open()
    {
        var database = new HistoryDatabase(Options with { Folder = Folder }, Journal, Clock, Told.Add);
        database.Start();
        return database;
    }
}
