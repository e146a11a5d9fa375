using Omnibook.History.Sqlite;

namespace Omnibook.History;

/// <summary>
/// Paper positions in one SQLite file. A position that was acknowledged survives a killed process and a lost power supply. Safe to use from any
/// thread; calls follow one another. The file is opened with the first call.
/// </summary>
/// <param name="path">The file; it is created when it does not exist. Its folder must exist.</param>
public sealed class PaperPositionStore(string path) : IDisposable
{
    /// <summary>As many positions may be open at once.</summary>
    public const int MostOpen = 1_000;

    private readonly SqliteDesk _file = new(path, PaperRows.Schema, (message, cause) => new PaperStoreException(message, cause));

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Stores a position; its number is given by the store.</summary>
    /// <returns>The position with its number, or null when <see cref="MostOpen"/> are open already.</returns>
    /// <exception cref="PaperStoreException">It could not be stored.</exception>
    public Task<PaperPosition?> OpenAsync(PaperPosition position, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => PaperRows.Insert(connection, position, MostOpen), cancellationToken);

    /// <summary>The open positions, in the order in which they were opened.</summary>
    /// <exception cref="PaperStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<PaperPosition>> ListAsync(CancellationToken cancellationToken = default) =>
        _file.RunAsync(PaperRows.Open, cancellationToken);

    /// <summary>Closes a position.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="price">The average price of its closing.</param>
    /// <param name="profit">What it has gained, in dollars.</param>
    /// <param name="fees">What was paid for its closing, in dollars.</param>
    /// <param name="atMs">When, in milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>True once that is on the disk; false when there is no such open position.</returns>
    /// <exception cref="PaperStoreException">It could not be stored.</exception>
    public Task<bool> CloseAsync(long id, decimal price, decimal profit, decimal fees, long atMs, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => PaperRows.Close(connection, id, price, profit, fees, atMs), cancellationToken);

    /// <summary>The closed positions that are remembered, the newest first.</summary>
    /// <exception cref="PaperStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<PaperPosition>> ClosedAsync(int limit, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => PaperRows.Closed(connection, limit), cancellationToken);

    /// <summary>The positions whose funding may not be paid yet: all open ones, and closed ones with a full hour that is not.</summary>
    /// <exception cref="PaperStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<PaperPosition>> UnsettledAsync(CancellationToken cancellationToken = default) => _file.RunAsync(PaperRows.Unsettled, cancellationToken);

    /// <summary>Stores a funding payment, with the sum of its position.</summary>
    /// <returns>False when that hour of the position is paid already; nothing has changed then.</returns>
    /// <exception cref="PaperStoreException">It could not be stored.</exception>
    public Task<bool> PayAsync(PaperFunding payment, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => PaperFundingRows.Insert(connection, payment), cancellationToken);

    /// <summary>The funding payments of a position, the oldest first.</summary>
    /// <exception cref="PaperStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<PaperFunding>> FundingOfAsync(long id, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => PaperFundingRows.Of(connection, id), cancellationToken);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
