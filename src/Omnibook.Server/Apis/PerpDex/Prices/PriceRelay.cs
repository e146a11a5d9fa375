using Omnibook.Server.Configuration;
using Omnibook.Server.Redis;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.PerpDex.Prices;

/// <summary>
/// Gives Redis the prices of every pair: <c>aggregated_price:{pair}</c>, published on <c>price_updates:{pair}</c> when it changes, and
/// <c>price:{pair}:{dex}</c>. What does not change is written again before it would end.
/// </summary>
internal sealed partial class PriceRelay(
    PriceDesk desk, RedisOptions options, RedisState state, LatestWrites waiting, FramePool frames, TimeProvider time, ILogger<PriceRelay> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DexLife = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, (PriceReading Reading, long At)> _aggregated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DexPrice Price, long At)> _dexes = new(StringComparer.Ordinal);
    private readonly FrameWriter _writer = new(frames);
    private long _connection;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(Pace, time);
        while (await pace.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFault(fault);
            }
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        if (!state.Status.IsConnected)
        {
            return;
        }

        // A Redis that was restarted may have forgotten everything.
        if (_connection != state.Connections)
        {
            _connection = state.Connections;
            _aggregated.Clear();
            _dexes.Clear();
        }

        var readings = await desk.ReadAllAsync(stoppingToken);
        foreach (var reading in readings)
        {
            Relay(reading);
        }

        Forget(readings);
    }

    private void Relay(PriceReading reading)
    {
        var isKnown = _aggregated.TryGetValue(reading.Pair, out var last);
        var isNew = !isKnown || !reading.SaysTheSameAs(last.Reading);
        if (isNew || IsDue(last.At, options.PriceLife))
        {
            _aggregated[reading.Pair] = (reading, time.GetTimestamp());
            Offer(
                $"aggregated_price:{reading.Pair}",
                PriceWriter.Aggregate(_writer.Begin(), reading),
                options.PriceLife,
                isNew ? $"price_updates:{reading.Pair}" : null);
        }

        foreach (var price in reading.Sources)
        {
            var key = $"price:{reading.Pair}:{price.Dex}";
            if (!_dexes.TryGetValue(key, out var before) || before.Price with { At = price.At } != price || IsDue(before.At, DexLife))
            {
                _dexes[key] = (price, time.GetTimestamp());
                Offer(key, PriceWriter.Source(_writer.Begin(), reading.Pair, price), DexLife, null);
            }
        }
    }

    /// <summary>Three times in its life, so that one write that fails leaves no hole.</summary>
    private bool IsDue(long at, TimeSpan life) => time.GetElapsedTime(at) >= life / 3;

    private void Offer(string key, FrameWriter writer, TimeSpan life, string? channel)
    {
        var frame = writer.Complete();
        waiting.Offer(new RedisWrite(key, frame.Text.ToArray(), life, channel, time.GetTimestamp()));
        frame.Release();
    }

    /// <summary>What has no fresh price any more ends in Redis by itself, and here.</summary>
    private void Forget(IReadOnlyList<PriceReading> readings)
    {
        var current = readings.Select(reading => reading.Pair).ToHashSet(StringComparer.Ordinal);
        foreach (var pair in _aggregated.Keys.Where(pair => !current.Contains(pair)).ToList())
        {
            _aggregated.Remove(pair);
            foreach (var key in _dexes.Keys.Where(key => key.StartsWith($"price:{pair}:", StringComparison.Ordinal)).ToList())
            {
                _dexes.Remove(key);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The prices for Redis could not be read")]
    private partial void LogFault(Exception fault);
}
