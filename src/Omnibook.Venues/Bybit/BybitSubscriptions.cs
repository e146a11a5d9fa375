using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Omnibook.Venues.Bybit;

/// <summary>
/// Subscribes the streams of a connection, although the venue refuses a whole request for the sake of one topic: a request that
/// is refused is asked again in two halves, until the guilty topic stands alone. The number of a request (<c>req_id</c>, echoed)
/// says which streams it named, so nothing has to be remembered.
/// <code>
/// > {"req_id":"s-0-2","op":"subscribe","args":["orderbook.200.BTCUSDT","publicTrade.BTCUSDT"]}
/// &lt; {"success":true,"ret_msg":"","conn_id":"3cd84cb1-4d06-4a05-930a-2efe5fc70f0f","req_id":"s-0-2","op":"subscribe"}
/// &lt; {"success":false,"ret_msg":"error:handler not found,topic:orderbook.500.BTCUSDT","conn_id":"…","req_id":"s-0-2","op":"subscribe"}
/// </code>
/// https://bybit-exchange.github.io/docs/v5/ws/connect, ccxt/ccxt#30284
/// </summary>
internal sealed class BybitSubscriptions
{
    // Very large requests were answered by closing the connection (sieblyio/bybit-api#479); spot takes no more than ten.
    private const int MaxPerRequest = 50;
    private readonly IReadOnlyList<StreamPlan> _streams;

    public BybitSubscriptions(IReadOnlyList<StreamPlan> streams)
    {
        _streams = streams;
        Opening = [.. Enumerable.Range(0, (streams.Count + MaxPerRequest - 1) / MaxPerRequest)
            .Select(chunk => Subscribe(chunk * MaxPerRequest, Math.Min(MaxPerRequest, streams.Count - chunk * MaxPerRequest)))];
    }

    /// <summary>The requests that subscribe everything.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Opening { get; }

    /// <summary>
    /// The first step of beginning a stream anew. A second subscribe alone is answered by "already subscribed" and no snapshot;
    /// so the stream is given up, and subscribed by the reply to the acknowledgement.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Resubscribe(int stream) => [Request($"u-{stream}-1", "unsubscribe", stream, 1)];

    /// <summary>What the answer to a request means, and what has to follow.</summary>
    /// <param name="requestId">The echoed number; empty when there was none.</param>
    /// <param name="succeeded">The field <c>success</c>, the only one whose meaning is fixed.</param>
    /// <param name="message">The field <c>ret_msg</c>; its words vary.</param>
    public FrameOutcome Answered(string requestId, bool succeeded, string message)
    {
        if (!TryRead(requestId, out var isSubscribe, out var from, out var count))
        {
            return succeeded ? new FrameOutcome(FrameKind.Heartbeat) : OfNoRequest(message);
        }

        if (!isSubscribe)
        {
            // Refused or not, the stream is not subscribed any more.
            return new FrameOutcome(FrameKind.Heartbeat, from, message, [Subscribe(from, 1)]);
        }

        if (succeeded || (count == 1 && message.Contains("already subscribed", StringComparison.OrdinalIgnoreCase)))
        {
            return new FrameOutcome(FrameKind.Acknowledged, count == 1 ? from : -1);
        }

        return count == 1
            ? new FrameOutcome(FrameKind.Refused, from, message)
            : new FrameOutcome(FrameKind.Heartbeat, -1, message, [Subscribe(from, count / 2), Subscribe(from + count / 2, count - count / 2)]);
    }

    /// <summary>A refusal without a number names the topic in its words, if anything does.</summary>
    private FrameOutcome OfNoRequest(string message)
    {
        for (var i = 0; i < _streams.Count; i++)
        {
            if (message.EndsWith(_streams[i].Name, StringComparison.Ordinal))
            {
                return new FrameOutcome(FrameKind.Refused, i, message);
            }
        }

        return new FrameOutcome(FrameKind.Unknown, -1, message);
    }

    private ReadOnlyMemory<byte> Subscribe(int from, int count) => Request($"s-{from}-{count}", "subscribe", from, count);

    private ReadOnlyMemory<byte> Request(string id, string operation, int from, int count)
    {
        var topics = Enumerable.Range(from, count).Select(i => JsonSerializer.Serialize(_streams[i].Name));
        return Encoding.UTF8.GetBytes($$"""{"req_id":"{{id}}","op":"{{operation}}","args":[{{string.Join(',', topics)}}]}""");
    }

    private bool TryRead(string requestId, out bool isSubscribe, out int from, out int count)
    {
        var parts = requestId.Split('-');
        isSubscribe = parts[0] == "s";
        (from, count) = (0, 0);
        return parts.Length == 3
            && parts[0] is "s" or "u"
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out from)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out count)
            && count > 0
            && from <= _streams.Count - count;
    }
}
