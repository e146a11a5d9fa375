using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Omnibook.Simulator.Sockets;

/// <summary>Moves frames between a connection and its socket until either is done.</summary>
internal sealed class SocketPump(SimulatedVenue venue, VenueConnection connection, TimeProvider clock)
{
    private const int MostMessageBytes = 256 << 10;
    private const int ChunkBytes = 64 << 10;
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    /// <summary>Runs until the connection has ended.</summary>
    public async Task RunAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        try
        {
            using var socket = await AcceptAsync(context);
            var sending = UntilGoneAsync(() => SendAllAsync(context, socket, ended.Token));
            var receiving = UntilGoneAsync(() => ReceiveAllAsync(socket, ended.Token));
            await Task.WhenAny(sending, receiving);
            await WaitForCloseAsync(sending, receiving, ended.Token);
            await ended.CancelAsync();
            await Task.WhenAll(sending, receiving);
        }
        finally
        {
            lock (venue.Gate)
            {
                venue.Disconnect(connection);
            }
        }
    }

    private Task<WebSocket> AcceptAsync(HttpContext context)
    {
        var pings = venue.PingInterval > TimeSpan.Zero;
        return context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = pings ? venue.PingInterval : Timeout.InfiniteTimeSpan,
            KeepAliveTimeout = pings ? venue.PongPatience : Timeout.InfiniteTimeSpan,
        });
    }

    /// <summary>A close frame sent waits a little for the client's; everything else ends both directions at once.</summary>
    private Task WaitForCloseAsync(Task sending, Task receiving, CancellationToken cancel) => sending.IsCompletedSuccessfully
        ? Task.WhenAny(receiving, Task.Delay(ClosePatience, clock, cancel))
        : Task.CompletedTask;

    private async Task UntilGoneAsync(Func<Task> direction)
    {
        try
        {
            await direction();
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            // The client went away, or was sent away: the ordinary end of a connection.
            lock (venue.Gate)
            {
                venue.Traffic.BrokenConnections++;
            }
        }
    }

    private async Task SendAllAsync(HttpContext context, WebSocket socket, CancellationToken cancel)
    {
        await foreach (var frame in connection.Outbox.ReadAllAsync(cancel))
        {
            switch (frame.Kind)
            {
                case OutboundKind.Text:
                    await socket.SendAsync(frame.Bytes, WebSocketMessageType.Text, endOfMessage: true, cancel);
                    break;
                case OutboundKind.Padding:
                    await SendPaddingAsync(socket, frame.Size, cancel);
                    break;
                case OutboundKind.Close:
                    await socket.CloseOutputAsync((WebSocketCloseStatus)frame.CloseCode, frame.CloseReason, cancel);
                    return;
                default:
                    Cut(context, frame.Kind == OutboundKind.Reset);
                    return;
            }
        }

        Cut(context, reset: false);
    }

    private static async Task SendPaddingAsync(WebSocket socket, long size, CancellationToken cancel)
    {
        var chunk = new byte[ChunkBytes];
        chunk.AsSpan().Fill((byte)'x');
        await socket.SendAsync("{\"e\":\"padding\",\"x\":\""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: false, cancel);
        for (long sent = 0; sent < size; sent += ChunkBytes)
        {
            await socket.SendAsync(chunk, WebSocketMessageType.Text, endOfMessage: false, cancel);
        }

        await socket.SendAsync("\"}"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancel);
    }

    private static void Cut(HttpContext context, bool reset)
    {
        if (reset && context.Features.Get<IConnectionSocketFeature>() is { } feature)
        {
            feature.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        context.Abort();
    }

    private async Task ReceiveAllAsync(WebSocket socket, CancellationToken cancel)
    {
        var message = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var received = await socket.ReceiveAsync(message.GetMemory(4096), cancel);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await AnswerCloseAsync(socket, cancel);
                return;
            }

            message.Advance(received.Count);
            if (received.EndOfMessage || message.WrittenCount > MostMessageBytes)
            {
                Receive(message.WrittenSpan);
                message.ResetWrittenCount();
            }
        }
    }

    private static async Task AnswerCloseAsync(WebSocket socket, CancellationToken cancel)
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, cancel);
        }
    }

    private void Receive(ReadOnlySpan<byte> message)
    {
        lock (venue.Gate)
        {
            venue.Traffic.MessagesReceived++;
            if (message.Length > MostMessageBytes)
            {
                connection.Close((int)WebSocketCloseStatus.MessageTooBig, "");
            }
            else
            {
                connection.Receive(message);
            }
        }
    }
}
