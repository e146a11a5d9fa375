using System.Text;
using Microsoft.Extensions.Logging;
using Omnibook.Server.Redis;

namespace Omnibook.Tests.Server.Redis;

/// <summary>The publisher alone, with its queue and its state, against whatever listens at an address.</summary>
internal sealed class RedisHost : IAsyncDisposable
{
    private readonly RedisPublisher _publisher;

    private RedisHost(string url, int capacity)
    {
        var address = RedisAddress.Parse(url)!;
        Waiting = new LatestWrites(capacity);
        State = new RedisState(TimeProvider.System) { Address = address, Waiting = Waiting };
        _publisher = new RedisPublisher(address, Waiting, State, TimeProvider.System, new LineLog(Log));
    }

    public LatestWrites Waiting { get; }

    public RedisState State { get; }

    public List<string> Log { get; } = [];

    public static async Task<RedisHost> StartAsync(string url, int capacity = 100)
    {
        var host = new RedisHost(url, capacity);
        await host._publisher.StartAsync(CancellationToken.None);
        return host;
    }

    public void Offer(string key, string value, TimeSpan? life = null, string? channel = null) => Waiting.Offer(
        new RedisWrite(key, Encoding.UTF8.GetBytes(value), life ?? TimeSpan.FromMinutes(1), channel, TimeProvider.System.GetTimestamp()));

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), $"{what}: it is {State.Status}, {State.Written} written, {State.Failed} failed, {Waiting.Count} waiting");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public Task ConnectedAsync() => UntilAsync(() => State.Status.IsConnected, "should be connected");

    public Task LostAsync() => UntilAsync(() => !State.Status.IsConnected, "should be lost");

    public async ValueTask DisposeAsync()
    {
        await _publisher.StopAsync(CancellationToken.None);
        _publisher.Dispose();
        Waiting.Dispose();
    }

    private sealed class LineLog(List<string> lines) : ILogger<RedisPublisher>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add(formatter(state, exception));
            }
        }
    }
}
