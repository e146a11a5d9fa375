using System.Collections.Concurrent;
using System.Security.Cryptography;
using Omnibook.Core.Alerts;
using Omnibook.History;
using Omnibook.Server.Alerts.Webhooks;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Alerts;

/// <summary>
/// Keeps the alerts, and brings what they tell into the file first and to the sockets and webhooks then: so that it is told at least once,
/// whatever happens in between.
/// </summary>
internal sealed partial class AlertDesk(
    AlertOptions options,
    AlertStore store,
    AlertWatch watch,
    AlertLeases leases,
    WebhookCourier courier,
    MarketLoop loop,
    FramePool frames,
    StreamCounters counters,
    TimeProvider time,
    ILogger<AlertDesk> log) : BackgroundService
{
    private static readonly TimeSpan StoreAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, WatchedAlert> _alerts = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changing = new(1);
    private readonly FrameWriter _writer = new(frames);

    /// <summary>Everything that is told, as it is told.</summary>
    public Topic Events { get; } = new("alerts", OutboxPolicy.DropOldest, counters);

    /// <summary>Every alert, oldest first.</summary>
    public IReadOnlyList<WatchedAlert> Alerts => [.. _alerts.Values.OrderBy(alert => alert.CreatedAtMs).ThenBy(alert => alert.Id, StringComparer.Ordinal)];

    /// <summary>An alert, or null.</summary>
    public WatchedAlert? Find(string id) => _alerts.GetValueOrDefault(id);

    /// <summary>Keeps an alert and watches it from now on.</summary>
    /// <returns>Null when there are as many as there may be.</returns>
    /// <exception cref="AlertStoreException">It could not be stored.</exception>
    public Task<WatchedAlert?> AddAsync(AlertBody body, CancellationToken cancellationToken) => ChangeAsync<WatchedAlert?>(
        async () =>
        {
            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            var stored = new StoredAlert(id, body.ToJson(), time.GetUtcNow().ToUnixTimeMilliseconds(), []);
            if (!await store.AddAsync(stored, options.Most, cancellationToken))
            {
                return null;
            }

            return _alerts[id] = new WatchedAlert(stored);
        },
        cancellationToken);

    /// <summary>Forgets an alert.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="AlertStoreException">It could not be deleted.</exception>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(async () => await store.DeleteAsync(id, cancellationToken) && _alerts.TryRemove(id, out _), cancellationToken);

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ChangeAsync(
            async () =>
            {
                foreach (var stored in await store.ListAsync(cancellationToken))
                {
                    _alerts[stored.Id] = new WatchedAlert(stored);
                }

                return true;
            },
            cancellationToken);
        loop.Subscribe(watch);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _changing.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var notice in watch.Notices.ReadAllAsync(stoppingToken))
        {
            await TakeAsync(notice, stoppingToken);
        }
    }

    /// <summary>One change after the other, and the market's thread watches what came of it.</summary>
    private async Task<T> ChangeAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            var result = await change();
            var alerts = Alerts;
            leases.Hold(alerts);
            await loop.ReadAsync(
                _ =>
                {
                    watch.Watch(alerts);
                    return true;
                },
                cancellationToken);
            return result;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>A full disk is waited for: what comes meanwhile waits in the bounded queue of the watch.</summary>
    private async Task TakeAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                await KeepAsync(notice, cancellationToken);
                return;
            }
            catch (AlertStoreException exception)
            {
                if (isFirst)
                {
                    LogNotStored(exception.Message);
                }
            }

            await Task.Delay(StoreAgain, time, cancellationToken);
        }
    }

    private async Task KeepAsync(AlertNotice notice, CancellationToken cancellationToken)
    {
        var part = new AlertPartState(notice.Part, notice.Trigger.IsArmed, notice.Trigger.FiredAt.Nanoseconds);
        if (notice.Outcome == AlertOutcome.Rearms)
        {
            await store.SetPartAsync(notice.Alert.Id, part, cancellationToken);
            return;
        }

        var hasWebhook = notice.Alert.Body.Webhook is not null;
        var told = new AlertEvent(0, notice.Alert.Id, notice.At.UnixMilliseconds, AlertWriter.Facts(_writer, notice));
        if (await store.TellAsync(told, part, hasWebhook, cancellationToken) is { } kept)
        {
            Events.Publish(AlertWriter.Event(_writer.Begin(), kept).Complete(), greets: false);
            if (hasWebhook)
            {
                courier.Wake();
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "What an alert told could not be stored, and is tried again every second: {Why}")]
    private partial void LogNotStored(string why);
}
