using Omnibook.History;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Alerts.Webhooks;

/// <summary>
/// Brings what alerts told to their webhooks, a few at a time: tried again after 1, 2, 4 … 300 seconds for a day, restarts in between included. A
/// receiver may get an event twice and knows it by its id.
/// </summary>
internal sealed partial class WebhookCourier(AlertStore store, WebhookClient client, FramePool frames, TimeProvider time, ILogger<WebhookCourier> log)
    : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private long _delivered;
    private long _failed;
    private long _givenUp;

    /// <summary>How many events were delivered since the start.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>How many tries failed since the start.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>How many events are no longer tried since the start.</summary>
    public long GivenUp => Interlocked.Read(ref _givenUp);

    /// <summary>There may be something to deliver.</summary>
    public void Wake()
    {
        lock (_wake)
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }

    /// <summary>How long to wait after so many failures.</summary>
    internal static TimeSpan PauseAfter(int attempts)
    {
        var pause = TimeSpan.FromSeconds(1L << Math.Min(attempts - 1, 20));
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var due = await store.DueAsync(Now, AtOnce, stoppingToken);
                await Task.WhenAll(due.Select(delivery => DeliverAsync(delivery, stoppingToken)));
                if (due.Count == 0)
                {
                    await RestAsync(stoppingToken);
                }
            }
            catch (AlertStoreException exception)
            {
                LogStore(exception.Message);
                await Task.Delay(LongestPause, time, stoppingToken);
            }
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task RestAsync(CancellationToken stoppingToken)
    {
        var wait = await store.NextDueAsync(stoppingToken) is { } next ? TimeSpan.FromMilliseconds(Math.Max(1, next - Now)) : Timeout.InfiniteTimeSpan;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var woken = _wake.WaitAsync(ended.Token);
        await Task.WhenAny(woken, Task.Delay(wait, time, ended.Token));
        await ended.CancelAsync();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DeliverAsync(AlertDelivery delivery, CancellationToken stoppingToken)
    {
        var (number, webhook) = (delivery.Event.Number, AlertBody.FromJson(delivery.Definition).Webhook);
        var why = webhook is null ? null : await client.PostAsync(webhook, number, Body(delivery.Event), stoppingToken);
        if (why is null)
        {
            await store.EndDeliveryAsync(number, stoppingToken);
            Interlocked.Increment(ref _delivered);
            return;
        }

        Interlocked.Increment(ref _failed);
        var pause = PauseAfter(delivery.Attempts + 1);
        if (Now + pause.TotalMilliseconds - delivery.Event.AtMs > GiveUpAfter.TotalMilliseconds)
        {
            await store.EndDeliveryAsync(number, stoppingToken);
            Interlocked.Increment(ref _givenUp);
            LogGivenUp(number, webhook!.Url.Host, delivery.Attempts + 1, why);
            return;
        }

        await store.RetryDeliveryAsync(number, delivery.Attempts + 1, Now + (long)pause.TotalMilliseconds, stoppingToken);
        LogFailed(number, webhook!.Url.Host, pause.TotalSeconds, why);
    }

    private byte[] Body(AlertEvent told)
    {
        var frame = AlertWriter.Event(new FrameWriter(frames).Begin(), told).Complete();
        var body = frame.Text.ToArray();
        frame.Release();
        return body;
    }

    [LoggerMessage(LogLevel.Information, "Alert event {Number} could not be delivered to {Host}, and is tried again in {Seconds} s: {Why}")]
    private partial void LogFailed(long number, string host, double seconds, string why);

    [LoggerMessage(LogLevel.Warning, "Alert event {Number} was not delivered to {Host} after {Attempts} tries, and is not tried again: {Why}")]
    private partial void LogGivenUp(long number, string host, int attempts, string why);

    [LoggerMessage(LogLevel.Error, "What is to be delivered cannot be read or kept; it is tried again in five minutes: {Why}")]
    private partial void LogStore(string why);
}
