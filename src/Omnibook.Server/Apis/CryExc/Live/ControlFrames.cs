using System.Text;
using System.Text.Json;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>Renders the answers to a client's messages.</summary>
internal static class ControlFrames
{
    /// <summary><c>{"type":"pong"}</c></summary>
    public static Frame Pong(FrameWriter writer) => writer.Begin().Raw("{\"type\":\"pong\"}"u8).Complete();

    /// <summary><c>{"type":"subscribed","stream":"trade","config":{"symbol":"BTCUSDT"},"instanceId":"t1"}</c>; the options are those that came.</summary>
    public static Frame Subscribed(FrameWriter writer, StreamWish wish)
    {
        writer.Begin().Raw("{\"type\":\"subscribed\",\"stream\":"u8).Text(wish.Stream).Raw(",\"config\":"u8);
        writer.Raw(wish.Config.ValueKind == JsonValueKind.Object ? Encoding.UTF8.GetBytes(wish.Config.GetRawText()) : "{}"u8);
        return Named(writer, wish.InstanceId).Raw("}"u8).Complete();
    }

    /// <summary><c>{"type":"unsubscribed","stream":"trade","instanceId":"t1"}</c></summary>
    public static Frame Unsubscribed(FrameWriter writer, StreamWish wish)
    {
        writer.Begin().Raw("{\"type\":\"unsubscribed\",\"stream\":"u8).Text(wish.Stream);
        return Named(writer, wish.InstanceId).Raw("}"u8).Complete();
    }

    /// <summary><c>{"type":"error","message":"Unknown stream","stream":"x","instanceId":"y"}</c></summary>
    public static Frame Error(FrameWriter writer, string message, string? stream = null, string? instanceId = null)
    {
        writer.Begin().Raw("{\"type\":\"error\",\"message\":"u8).Text(message);
        if (stream is not null)
        {
            writer.Raw(",\"stream\":"u8).Text(stream);
        }

        return Named(writer, instanceId).Raw("}"u8).Complete();
    }

    private static FrameWriter Named(FrameWriter writer, string? instanceId) =>
        instanceId is null ? writer : writer.Raw(",\"instanceId\":"u8).Text(instanceId);
}
