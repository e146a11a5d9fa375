using Omnibook.History.Sqlite;

namespace Omnibook.History;

/// <summary>
/// Alerts, what they told, and what of that has still to be delivered, in one SQLite file. What was acknowledged survives a killed process and
/// a lost power supply. Safe to use from any thread; calls follow one another. The file is opened with the first call.
/// </summary>
/// <param name="path">The file; it is created when it does not exist. Its folder must exist.</param>
public sealed class AlertStore(string path) : IDisposable
{
    /// <summary>As many events are remembered, the newest; a delivery ends with its event.</summary>
    public const int MostEvents = 10_000;

    private readonly SqliteDesk _file = new(path, AlertRows.Schema, (message, cause) => new AlertStoreException(message, cause));

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Every alert, in the order in which they were created.</summary>
    /// <exception cref="AlertStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<StoredAlert>> ListAsync(CancellationToken cancellationToken = default) =>
        _file.RunAsync(AlertRows.All, cancellationToken);

    /// <summary>Keeps an alert.</summary>
    /// <returns>False when there are as many as there may be.</returns>
    /// <exception cref="AlertStoreException">It could not be stored.</exception>
    public Task<bool> AddAsync(StoredAlert alert, int most, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => AlertRows.Insert(connection, alert, most), cancellationToken);

    /// <summary>Forgets an alert, and what of it was still to be delivered. What it told stays.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="AlertStoreException">It could not be deleted.</exception>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _file.ChangeAsync(connection => AlertRows.Delete(connection, id), cancellationToken);

    /// <summary>Keeps how far a part of an alert is.</summary>
    /// <exception cref="AlertStoreException">It could not be stored.</exception>
    public Task<bool> SetPartAsync(string alertId, AlertPartState part, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => AlertRows.SetPart(connection, alertId, part), cancellationToken);

    /// <summary>Keeps that an alert told something, and that it is to be delivered, together with how far its part is now.</summary>
    /// <param name="told">What; its number is given by the store.</param>
    /// <param name="part">How far the part is.</param>
    /// <param name="isDelivered">Whether a webhook waits for it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The event with its number; null when the alert was deleted meanwhile.</returns>
    /// <exception cref="AlertStoreException">It could not be stored.</exception>
    public Task<AlertEvent?> TellAsync(AlertEvent told, AlertPartState part, bool isDelivered, CancellationToken cancellationToken = default) =>
        _file.ChangeAsync(connection => AlertRows.Tell(connection, told, part, isDelivered, MostEvents), cancellationToken);

    /// <summary>What was told after an event, oldest first.</summary>
    /// <exception cref="AlertStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<AlertEvent>> EventsAsync(long after, int limit, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => AlertRows.Events(connection, after, limit), cancellationToken);

    /// <summary>What is to be delivered now, the longest due first.</summary>
    /// <exception cref="AlertStoreException">The file cannot be read.</exception>
    public Task<IReadOnlyList<AlertDelivery>> DueAsync(long nowMs, int limit, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => AlertRows.Due(connection, nowMs, limit), cancellationToken);

    /// <summary>When the next delivery is due, in milliseconds since the Unix epoch; null when none waits.</summary>
    /// <exception cref="AlertStoreException">The file cannot be read.</exception>
    public Task<long?> NextDueAsync(CancellationToken cancellationToken = default) => _file.RunAsync(AlertRows.NextDue, cancellationToken);

    /// <summary>Keeps that an event was delivered, or is no longer tried.</summary>
    /// <exception cref="AlertStoreException">It could not be stored.</exception>
    public Task<bool> EndDeliveryAsync(long eventNumber, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => AlertRows.EndDelivery(connection, eventNumber), cancellationToken);

    /// <summary>Keeps that a delivery failed, and when it is tried again.</summary>
    /// <exception cref="AlertStoreException">It could not be stored.</exception>
    public Task<bool> RetryDeliveryAsync(long eventNumber, int attempts, long nextAtMs, CancellationToken cancellationToken = default) =>
        _file.RunAsync(connection => AlertRows.Retry(connection, eventNumber, attempts, nextAtMs), cancellationToken);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
