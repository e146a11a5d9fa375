using System.Net.WebSockets;
using System.Threading.Channels;
using Omnibook.Core.Events;
using Omnibook.History.Recording;
using Omnibook.Server.Recording;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Liquidity.Recorded;

/// <summary>One client's replay: goes through the recording at its pace, tells what was measured, and does what the client says meanwhile.</summary>
internal sealed partial class ReplaySession(
    MarketRecorder recorder,
    LiquiditySettings settings,
    SymbolPlan plan,
    int window,
    ReplayRequest request,
    ClientConnection client,
    FramePool frames,
    TimeProvider time,
    ILogger log) : IDisposable
{
    /// <summary>So much may wait for the client before the replay waits for it: nothing of a replay is dropped.</summary>
    private const int MostWaitingBytes = 128 * 1024;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly FrameWriter _writer = new(frames);
    private readonly Channel<ReplayControl> _controls = Channel.CreateBounded<ReplayControl>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _ending = new();
    private LiquidityMetronome _heart = LiquidityMetronome.Of(settings.Heartbeat);
    private ReplayCursor? _cursor;
    private Timestamp _from = request.From;
    private decimal _speed = request.Speed;
    private bool _isOver;
    private bool _isPaused;
    private bool _hasSought;
    private Timestamp _anchor;
    private long _anchorAt;

    /// <summary>Does what the client says, soon.</summary>
    public void Control(ReplayControl control) => _controls.Writer.TryWrite(control);

    /// <summary>Ends it.</summary>
    public void End()
    {
        lock (_ending)
        {
            if (!_isOver)
            {
                _ending.Cancel();
            }
        }
    }

    /// <summary>Runs until the recording ends, or the client goes.</summary>
    public async Task RunAsync()
    {
        try
        {
            Seek(_from);
            Tell("playing");
            while (!_ending.IsCancellationRequested)
            {
                await ObeyAsync();
                await StepAsync();
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            LogGone(plan.Name);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            client.Close(WebSocketCloseStatus.InternalServerError, failure.Message);
        }
        catch (Exception fault)
        {
            LogFault(fault, plan.Name);
            client.Close(WebSocketCloseStatus.InternalServerError, "internal error; the server's log says more");
        }
        finally
        {
            Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _cursor?.Dispose();
        lock (_ending)
        {
            _isOver = true;
            _ending.Dispose();
        }
    }

    private async Task StepAsync()
    {
        var step = _cursor!.Next(recorder.DurablePosition);
        if (step == ReplayStep.End)
        {
            await EndedAsync();
            return;
        }

        if (_cursor.At < _from)
        {
            return;
        }

        if (step == ReplayStep.Hole)
        {
            Tell("hole");
        }
        else if (step == ReplayStep.Measured)
        {
            if (_cursor.At > request.To)
            {
                await EndedAsync();
                return;
            }

            await PaceAsync(_cursor.At);
            Send(_cursor.Reading!);
        }
    }

    private void Send(SymbolReading reading)
    {
        if (_heart.IsDue(reading.At))
        {
            Send(MetricsWriter.Heartbeat(_writer, reading.At, reading.Status));
        }

        if (reading.Of(window) is { } metrics)
        {
            Send(MetricsWriter.Metrics(_writer, plan, reading, metrics));
        }
    }

    private void Send(Frame frame)
    {
        client.Send(frame);
        frame.Release();
    }

    /// <summary>The end of what is recorded, or of what was asked for: the client may seek back.</summary>
    private async Task EndedAsync()
    {
        Tell("ended");
        do
        {
            Obey(await _controls.Reader.ReadAsync(_ending.Token));
        }
        while (!_hasSought);
    }

    /// <summary>Waits until it is time, and until the client has taken what was sent before.</summary>
    private async ValueTask PaceAsync(Timestamp moment)
    {
        while (client.WaitingBytes > MostWaitingBytes)
        {
            await Task.Delay(LookAgain, time, _ending.Token);
        }

        if (_anchor.IsUnknown || moment < _anchor)
        {
            (_anchor, _anchorAt) = (moment, time.GetTimestamp());
        }

        var wait = (moment - _anchor) / (double)_speed - time.GetElapsedTime(_anchorAt);
        if (wait > Shortest)
        {
            await WaitAsync(wait);
        }
    }

    /// <summary>A pause and another speed are not to wait for what was about to come.</summary>
    private async Task WaitAsync(TimeSpan wait)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        Task said = _controls.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(said, Task.Delay(wait, time, either.Token));
        await either.CancelAsync();
        await said.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Token.ThrowIfCancellationRequested();
    }

    private async ValueTask ObeyAsync()
    {
        while (_controls.Reader.TryRead(out var control))
        {
            Obey(control);
        }

        while (_isPaused)
        {
            Obey(await _controls.Reader.ReadAsync(_ending.Token));
        }
    }

    private void Obey(ReplayControl control)
    {
        _isPaused = control.Pause ?? _isPaused;
        _speed = control.Speed ?? _speed;
        _anchor = default;
        _hasSought = control.SeekTo is not null;
        if (control.SeekTo is { } to)
        {
            Seek(to);
        }

        Tell(_isPaused ? "paused" : "playing");
    }

    private void Seek(Timestamp to)
    {
        _cursor?.Dispose();
        _cursor = new ReplayCursor(recorder.Folder, RecordingFolder.PositionBefore(recorder.Folder, to), settings, plan, window);
        (_from, _anchor, _heart) = (to, default, LiquidityMetronome.Of(settings.Heartbeat));
    }

    /// <summary><c>{"type":"replay","state":"playing","symbol":"BTC-USD","window":"050bps","at":"…","to":"…","speed":10}</c></summary>
    private void Tell(string state)
    {
        var at = _cursor!.At < _from ? _from : _cursor.At;
        Send(_writer.Begin().Raw("{\"type\":\"replay\",\"state\":"u8).Text(state).Raw(",\"symbol\":"u8).Text(plan.Name)
            .Raw(",\"window\":"u8).Text(MetricWindow.NameOf(window)).Raw(",\"at\":"u8).Moment(at).Raw(",\"to\":"u8).Moment(request.To)
            .Raw(",\"speed\":"u8).Decimal(_speed).Raw("}"u8).Complete());
    }

    [LoggerMessage(LogLevel.Error, "The replay of {Symbol} failed in our own code.")]
    private partial void LogFault(Exception fault, string symbol);

    [LoggerMessage(LogLevel.Debug, "The replay of {Symbol} ended with its client.")]
    private partial void LogGone(string symbol);
}
