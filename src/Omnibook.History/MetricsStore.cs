using Omnibook.Core.Events;
using Omnibook.History.Sqlite;

namespace Omnibook.History;

/// <summary>
/// Liquidity metrics as they were, in one SQLite file. What was acknowledged survives a killed process and a lost power supply. Safe to use
/// from any thread; calls follow one another. The file is opened with the first call, and tried anew after a failure.
/// </summary>
/// <param name="path">The file; it is created when it does not exist. Its folder must exist.</param>
public sealed class MetricsStore(string path) : IDisposable
{
    private readonly SqliteDesk _file = new(path, MetricsRows.Schema, (message, cause) => new MetricsStoreException(message, cause));

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Keeps rows, all of them or none, and forgets some of those that are too old. A row of the same moment is replaced.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="before">What is older is forgotten, a bounded number at a time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many were forgotten.</returns>
    /// <exception cref="MetricsStoreException">They could not be stored.</exception>
    public Task<int> AddAsync(IReadOnlyList<MetricsRow> rows, Timestamp before, CancellationToken cancellationToken = default) => _file.ChangeAsync(
        connection =>
        {
            MetricsRows.Insert(connection, rows);
            return MetricsRows.Forget(connection, before.UnixMilliseconds);
        },
        cancellationToken);

    /// <summary>The rows that are asked for, in order of time.</summary>
    /// <exception cref="MetricsStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<MetricsRow>> ReadAsync(MetricsQuery query, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => MetricsRows.Read(connection, query), cancellationToken);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
