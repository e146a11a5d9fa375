using System.Globalization;
using Omnibook.History.DuckDb;

namespace Omnibook.History.Database;

/// <summary>The one DuckDB of the process: nothing in it but the partitions that are attached, and no way out of their folder.</summary>
internal sealed class HistoryEngine : IDisposable
{
    private readonly DuckDbInstance _instance;
    private readonly DuckDbConnection _connection;

    /// <summary>Opens it with nothing attached.</summary>
    /// <exception cref="DuckDbException">It cannot be opened.</exception>
    /// <exception cref="DllNotFoundException">There is no library.</exception>
    public HistoryEngine(HistoryDatabaseOptions options)
    {
        _instance = DuckDbInstance.Open(":memory:",
        [
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_community_extensions", "false"),
            ("memory_limit", options.MemoryMebibytes.ToString(CultureInfo.InvariantCulture) + "MiB"),

            // A question runs on the thread that asks; otherwise a few large ones would take every core from the market.
            ("threads", "1"),
        ]);
        _connection = _instance.Connect();
        Confine(Path.GetFullPath(options.Folder));
    }

    /// <summary>A connection of its own.</summary>
    public DuckDbConnection Connect() => _instance.Connect();

    /// <summary>Attaches a file. Where it is made, its blocks are half as large as usual: what is left empty in the last of each table counts in small hours.</summary>
    /// <exception cref="DuckDbException">It is damaged, or no database.</exception>
    public void Attach(string path, string alias, bool isReadOnly) =>
        _connection.Execute($"ATTACH {Quote(path)} AS {alias} ({(isReadOnly ? "READ_ONLY" : "BLOCK_SIZE 131072")})");

    /// <summary>Lets a file go. Whoever still reads it reads on.</summary>
    public void Detach(string alias) => _connection.Execute($"DETACH {alias}");

    /// <inheritdoc />
    public void Dispose()
    {
        _connection.Dispose();
        _instance.Dispose();
    }

    /// <summary>A text as SQL has it.</summary>
    internal static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private void Confine(string folder)
    {
        _connection.Execute($"SET temp_directory = {Quote(Path.Combine(folder, "temporary"))}");
        _connection.Execute($"SET allowed_directories = [{Quote(folder + Path.DirectorySeparatorChar)}]");
        _connection.Execute("SET enable_external_access = false");
        _connection.Execute("SET lock_configuration = true");
    }
}
