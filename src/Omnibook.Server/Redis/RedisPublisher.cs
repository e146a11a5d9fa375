using System.Net.Sockets;
using System.Security.Authentication;

namespace Omnibook.Server.Redis;

/// <summary>
/// Gives Redis what waits for it. Without Redis the server is whole: the connection is tried again after growing pauses, and nothing else
/// ever waits for it.
/// </summary>
internal sealed partial class RedisPublisher(RedisAddress address, LatestWrites waiting, RedisState state, TimeProvider time, ILogger<RedisPublisher> log)
    : BackgroundService
{
    private const int MostAtOnce = 64;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>A connection that nothing was sent over for this long is asked whether it still stands.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    // Several servers that lost the same Redis should not come back together.
    private readonly Random _jitter = new(Environment.ProcessId);
    private readonly RespWriter _commands = new();
    private readonly List<RedisWrite> _batch = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            var before = state.Connections;
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception lost) when (IsLoss(lost))
            {
                Lose(lost.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            pause = state.Connections > before ? FirstPause : pause;
            await Task.Delay(pause * (0.7 + _jitter.NextDouble() * 0.6), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        await using var connection = await RedisConnection.OpenAsync(address, time, stoppingToken);
        state.Connected();
        LogConnected(address);
        while (true)
        {
            await WaitAsync(stoppingToken);
            await SendAsync(connection, stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var quiet = new CancellationTokenSource(Quiet, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, stoppingToken);
        try
        {
            await waiting.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return; // Quiet for long enough: what follows is a question without values.
        }
    }

    private async Task SendAsync(RedisConnection connection, CancellationToken stoppingToken)
    {
        Collect();
        try
        {
            var replies = await connection.AskAsync(_commands, stoppingToken);
            var refused = replies.Where(reply => reply.IsError).Select(reply => reply.Text).FirstOrDefault() ?? "";
            var failed = Math.Min(_batch.Count, replies.Count(reply => reply.IsError));
            if (state.Answered(_batch.Count - failed, failed, refused))
            {
                LogRefused(refused);
            }
        }
        catch
        {
            state.Failing(_batch.Count);
            throw;
        }
    }

    private void Collect()
    {
        _commands.Clear();
        _batch.Clear();
        waiting.Take(_batch, MostAtOnce);
        state.Failing(_batch.RemoveAll(write => time.GetElapsedTime(write.At) >= write.Life));
        foreach (var write in _batch)
        {
            _commands.Set(write.Key, write.Value, write.Life);
            if (write.Channel is { } channel)
            {
                _commands.Publish(channel, write.Value);
            }
        }

        if (_commands.Commands == 0)
        {
            _commands.Command("PING");
        }
    }

    private void Lose(string why)
    {
        if (state.Lost(why))
        {
            LogLost(address, why);
        }
    }

    private static bool IsLoss(Exception exception) => exception
        is SocketException or IOException or TimeoutException or AuthenticationException or RedisProtocolException or RedisRefusedException;

    [LoggerMessage(LogLevel.Information, "Redis is connected: {Address}")]
    private partial void LogConnected(RedisAddress address);

    [LoggerMessage(LogLevel.Warning, "Redis at {Address} is not there, everything else goes on: {Why}")]
    private partial void LogLost(RedisAddress address, string why);

    [LoggerMessage(LogLevel.Warning, "Redis refuses values: {Why}")]
    private partial void LogRefused(string why);
}
