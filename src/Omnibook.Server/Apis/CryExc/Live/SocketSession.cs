using System.Text.Json;
using System.Threading.Channels;
using Omnibook.Core;
using Omnibook.Server.Pipeline;
using Omnibook.Server.Pipeline.Demand;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// One client of <c>/ws</c>: its messages are worked on one after the other, and each is answered. Whatever is wrong with one is told in an error frame and
/// ends nothing.
/// </summary>
internal sealed class SocketSession : IDisposable
{
    private readonly ClientConnection _client;
    private readonly SocketServices _services;
    private readonly FrameWriter _writer;
    private readonly Channel<byte[]> _messages;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _gone;
    private readonly Dictionary<string, Subscribed> _subscriptions = new(StringComparer.Ordinal);

    /// <summary>Serves a client from now on until it goes.</summary>
    public SocketSession(ClientConnection client, SocketServices services)
    {
        (_client, _services, _writer) = (client, services, new FrameWriter(services.Parts.Frames));
        _gone = _ending.Token;
        _messages = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(services.Parts.Rules.MaxWaitingMessages) { SingleReader = true, SingleWriter = true });
        client.Received = Receive;
        client.WhenGone(Dispose);
        _ = Task.Run(WorkAsync);
    }

    /// <summary>The client has gone: what it held is let go.</summary>
    public void Dispose()
    {
        _messages.Writer.TryComplete();
        _ending.Cancel();
        _ending.Dispose();
    }

    private void Receive(ClientConnection client, ReadOnlyMemory<byte> message)
    {
        if (!_messages.Writer.TryWrite(message.ToArray()))
        {
            Send(ControlFrames.Error(
                new FrameWriter(_services.Parts.Frames), $"{_services.Parts.Rules.MaxWaitingMessages} messages wait already; this one is not read"));
        }
    }


    private async Task WorkAsync()
    {
        try
        {
            await foreach (var message in _messages.Reader.ReadAllAsync(_gone))
            {
                await HandleAsync(message);
            }
        }
        catch (OperationCanceledException)
        {
            _services.Log.LogDebug("A client has gone, or the market has stopped.");
        }
        finally
        {
            foreach (var key in _subscriptions.Keys.ToArray())
            {
                Unsubscribe(key);
            }
        }
    }

    private async Task HandleAsync(byte[] text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException malformed)
        {
            Send(ControlFrames.Error(_writer, $"This is no JSON: {malformed.Message}"));
            return;
        }

        using (document)
        {
            await HandleAsync(document.RootElement);
        }
    }

    private async Task HandleAsync(JsonElement message)
    {
        switch (StreamWish.TryText(message, "type"))
        {
            case "ping":
                Send(ControlFrames.Pong(_writer));
                break;
            case "stream_subscribe" or "stream_update":
                await AnswerAsync(message, async wish => await FollowAsync(Subscribe(wish)));
                break;
            case "stream_unsubscribe":
                await AnswerAsync(message, UnsubscribeAsync);
                break;
            case "stream_subscribe_batch":
                await SubscribeAllAsync(message);
                break;
            case null:
                Send(ControlFrames.Error(_writer, "A message should be a JSON object with a type"));
                break;
            case var type:
                Send(ControlFrames.Error(
                    _writer, $"Unknown type '{type}'; there are ping, stream_subscribe, stream_subscribe_batch, stream_update, stream_unsubscribe"));
                break;
        }
    }

    private async Task SubscribeAllAsync(JsonElement message)
    {
        var most = _services.Parts.Rules.MaxSubscriptions;
        if (!message.TryGetProperty("subscriptions", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            Send(ControlFrames.Error(_writer, "subscriptions should be a list"));
            return;
        }

        if (list.GetArrayLength() > most)
        {
            Send(ControlFrames.Error(_writer, $"A batch may have {most} subscriptions, not {list.GetArrayLength()}; none of them is made"));
            return;
        }

        // All of them get ready at the same time, and begin in order.
        List<Subscribed> made = [];
        foreach (var entry in list.EnumerateArray())
        {
            await AnswerAsync(entry, wish =>
            {
                made.Add(Subscribe(wish));
                return Task.CompletedTask;
            });
        }

        foreach (var subscribed in made)
        {
            await AnswerAsync(subscribed.Wish.Stream, subscribed.Wish.InstanceId, () => FollowAsync(subscribed));
        }
    }

    private Task AnswerAsync(JsonElement message, Func<StreamWish, Task> answer) =>
        AnswerAsync(StreamWish.TryText(message, "stream"), StreamWish.TryText(message, "instanceId"), () => answer(StreamWish.Read(message)));

    private async Task AnswerAsync(string? stream, string? instance, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (Exception refused) when (refused is StreamRefusedException or DemandRefusedException)
        {
            Send(ControlFrames.Error(_writer, refused.Message, stream, instance));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _services.Log.LogError(fault, "A subscription to {Stream} failed in our own code.", stream);
            Send(ControlFrames.Error(_writer, "internal error; the server's log says more", stream, instance));
        }
    }

    /// <summary>The new streams are held before the old ones are let go: what both need goes on without a break.</summary>
    private Subscribed Subscribe(StreamWish wish)
    {
        var plan = _services.Planner.Plan(wish);
        if (!_subscriptions.ContainsKey(wish.Key) && _subscriptions.Count >= _services.Parts.Rules.MaxSubscriptions)
        {
            throw new StreamRefusedException($"A connection may have {_services.Parts.Rules.MaxSubscriptions} subscriptions; unsubscribe from something first");
        }

        var streams = Hold(plan);
        Unsubscribe(wish.Key);
        return _subscriptions[wish.Key] = new Subscribed(wish, plan, streams, _services.Streams.PrepareAsync(streams, _gone));
    }

    /// <summary>Begins to follow once everything is ready.</summary>
    private async Task FollowAsync(Subscribed subscribed)
    {
        try
        {
            await subscribed.Ready;
        }
        catch (Exception) when (!IsCurrent(subscribed))
        {
            _services.Log.LogDebug("A subscription to {Stream} was replaced before it began.", subscribed.Wish.Stream);
        }
        catch
        {
            Unsubscribe(subscribed.Wish.Key);
            throw;
        }

        if (IsCurrent(subscribed))
        {
            await WaitForRoomAsync();
            await _services.Loop.ReadAsync(market => Begin(market, subscribed), CancellationToken.None);
        }
    }

    private bool IsCurrent(Subscribed subscribed) => _subscriptions.GetValueOrDefault(subscribed.Wish.Key) == subscribed;

    private Task UnsubscribeAsync(StreamWish wish)
    {
        Unsubscribe(wish.Key);
        Send(ControlFrames.Unsubscribed(_writer, wish));
        return Task.CompletedTask;
    }

    private MarketStream[] Hold(StreamPlan plan)
    {
        List<MarketStream> held = [];
        Exception? refusal = null;
        foreach (var target in plan.Targets)
        {
            try
            {
                held.Add(_services.Streams.Hold(target));
            }
            catch (Exception refused) when (refused is DemandRefusedException or StreamRefusedException)
            {
                refusal ??= refused;
            }
        }

        if (refusal is null || (plan.MayLack && held.Count > 0))
        {
            return [.. held];
        }

        held.ForEach(_services.Streams.Release);
        throw refusal;
    }

    /// <summary>On the market's thread: the acknowledgement, what the client is told first, and what follows, have no seam.</summary>
    private bool Begin(Market market, Subscribed subscribed)
    {
        Send(ControlFrames.Subscribed(_writer, subscribed.Wish));
        Array.ForEach(subscribed.Streams, stream => _services.Streams.Begin(market, stream));
        Greet(market, subscribed);
        var stamp = StampOf(subscribed.Wish);
        foreach (var stream in subscribed.Streams)
        {
            var least = subscribed.Plan.Targets.First(target => target.Key == stream.Key).LeastWorth;
            if (_client.Follow(stream.Topic, least, greets: false, stamp is null ? null : stamp.Stamp) is { } following)
            {
                subscribed.Following.Add(following);
            }
        }

        return true;
    }

    private void Greet(Market market, Subscribed subscribed)
    {
        var stamp = StampOf(subscribed.Wish);
        if (subscribed.Wish.Stream == StreamNames.Cvd)
        {
            SendLater(CvdStream.History([.. subscribed.Streams.Cast<CvdStream>()], market), stamp);
            return;
        }

        foreach (var stream in subscribed.Streams)
        {
            if (stream.History(market) is { } history)
            {
                SendLater(history, stamp);
            }

            if (stream.Greeting(market) is { } greeting)
            {
                Send(Stamp(greeting, stamp));
            }
        }
    }

    /// <summary>A history is rendered by the client's own send loop: however long it is, it holds up nobody else.</summary>
    private void SendLater(Func<FrameWriter, Frame> render, InstanceStamp? stamp) => _client.Send(
        () =>
        {
            var writer = new FrameWriter(_services.Parts.Frames);
            try
            {
                return Stamp(render(writer), stamp);
            }
            catch (Exception fault)
            {
                _services.Log.LogError(fault, "A history could not be rendered.");
                return ControlFrames.Error(writer, "internal error; the server's log says more");
            }
        },
        _services.Parts.Rules.HistoryWeight);

    private static Frame Stamp(Frame frame, InstanceStamp? stamp)
    {
        if (stamp is null)
        {
            return frame;
        }

        var stamped = stamp.Stamp(frame);
        frame.Release();
        return stamped;
    }

    private InstanceStamp? StampOf(StreamWish wish) => wish.InstanceId is null ? null
        : new InstanceStamp(wish.InstanceId, wish.Stream == StreamNames.Footprint, _services.Parts.Frames);

    private void Unsubscribe(string key)
    {
        if (_subscriptions.Remove(key, out var subscribed))
        {
            subscribed.Following.ForEach(_client.Unfollow);
            Array.ForEach(subscribed.Streams, _services.Streams.Release);
        }
    }

    /// <summary>A client that asks for more history than it reads waits for itself.</summary>
    private async Task WaitForRoomAsync()
    {
        while (_client.WaitingBytes > _services.Parts.Rules.HistoryRoom)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _services.Time, _gone);
        }
    }

    private void Send(Frame frame)
    {
        _client.Send(frame);
        frame.Release();
    }

    private sealed record Subscribed(StreamWish Wish, StreamPlan Plan, MarketStream[] Streams, Task Ready)
    {
        public List<Subscription> Following { get; } = [];
    }
}

/// <summary>What every session is made with.</summary>
internal sealed record SocketServices(
    MarketLoop Loop, MarketStreams Streams, StreamPlanner Planner, StreamParts Parts, TimeProvider Time, ILogger<SocketSession> Log);
