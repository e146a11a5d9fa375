using System.Text;
using Omnibook.Core.Alerts;
using Omnibook.Core.Events;
using Omnibook.History;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Alerts;

/// <summary>Writes what alerts tell, and alerts themselves.</summary>
/// <remarks>
/// <code>
/// {"type":"alert","id":12,"alert":"9f0c…","at":"2026-11-20T12:00:00.250Z","symbol":"BTC","kind":"price","when":"above","threshold":65000,"value":65010.5,
///  "instrument":"bybit/BTCUSDT","detail":"sell","note":"…"}
/// </code>
/// </remarks>
internal static class AlertWriter
{
    /// <summary>Finer than any price; a middle and a ratio have more digits than anybody wants to read.</summary>
    private const int ToldDecimals = 12;

    /// <summary>What a notice tells, as the inside of an object.</summary>
    public static string Facts(FrameWriter writer, AlertNotice notice)
    {
        var body = notice.Alert.Body;
        writer.Begin().Raw("\"symbol\":"u8).Text(body.Symbol).Raw(",\"kind\":"u8).Text(body.Kind).Raw(",\"when\":"u8).Text(body.When);
        if (notice.Alert.Condition.Kind != AlertKind.State)
        {
            writer.Raw(",\"threshold\":"u8).Decimal(notice.Alert.Condition.Threshold).Raw(",\"value\":"u8).Decimal(decimal.Round(notice.Value, ToldDecimals));
        }

        Optional(writer, ",\"instrument\":"u8, notice.Part);
        Optional(writer, ",\"detail\":"u8, notice.Detail);
        Optional(writer, ",\"note\":"u8, body.Note);
        var frame = writer.Complete();
        var facts = Encoding.UTF8.GetString(frame.Text.Span);
        frame.Release();
        return facts;
    }

    /// <summary>An event, as it is sent to sockets and webhooks.</summary>
    public static FrameWriter Event(FrameWriter writer, AlertEvent told) => writer
        .Raw("{\"type\":\"alert\",\"id\":"u8).Integer(told.Number).Raw(",\"alert\":"u8).Text(told.AlertId)
        .Raw(",\"at\":"u8).Moment(Timestamp.FromMilliseconds(told.AtMs)).Raw(","u8).Raw(Encoding.UTF8.GetBytes(told.Facts)).Raw("}"u8);

    /// <summary>An alert. Its secret is never told.</summary>
    public static FrameWriter Alert(FrameWriter writer, WatchedAlert alert)
    {
        var body = alert.Body;
        writer.Raw("{\"id\":"u8).Text(alert.Id).Raw(",\"created_at\":"u8).Moment(Timestamp.FromMilliseconds(alert.CreatedAtMs))
            .Raw(",\"symbol\":"u8).Text(body.Symbol).Raw(",\"kind\":"u8).Text(body.Kind).Raw(",\"when\":"u8).Text(body.When);
        if (body.Value is { } value)
        {
            writer.Raw(",\"value\":"u8).Decimal(value).Raw(",\"hysteresis\":"u8).Decimal(body.Hysteresis);
        }

        writer.Raw(",\"cool_down_seconds\":"u8).Integer(body.CoolDownSeconds);
        if (body.WindowBps is { } window)
        {
            writer.Raw(",\"window_bps\":"u8).Integer(window);
        }

        Optional(writer, ",\"unit\":"u8, body.Unit);
        Optional(writer, ",\"note\":"u8, body.Note);
        if (body.Webhook is { } webhook)
        {
            writer.Raw(",\"webhook\":{\"url\":"u8).Text(webhook.Url.AbsoluteUri).Raw(webhook.Secret is null ? ",\"signed\":false}"u8 : ",\"signed\":true}"u8);
        }

        return writer.Raw("}"u8);
    }

    private static void Optional(FrameWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.Raw(name).Text(text);
        }
    }
}
