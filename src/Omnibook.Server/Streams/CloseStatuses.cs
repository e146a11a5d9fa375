using System.Net.WebSockets;
using System.Text;

namespace Omnibook.Server.Streams;

/// <summary>What a close frame says.</summary>
internal static class CloseStatuses
{
    /// <summary>
    /// 1013: the server ends the connection because of load; the client may come again. The framework has no name for it.
    /// https://www.iana.org/assignments/websocket/websocket.xhtml
    /// </summary>
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    /// <summary>A control frame holds 125 bytes, of which two are the code. RFC 6455 section 5.5.</summary>
    private const int MostReasonBytes = 123;

    /// <summary>As much of a reason as a close frame holds, without half a letter at its end.</summary>
    public static string Fit(string reason)
    {
        if (Encoding.UTF8.GetByteCount(reason) <= MostReasonBytes)
        {
            return reason;
        }

        var (letters, bytes) = (0, "…"u8.Length);
        foreach (var rune in reason.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostReasonBytes)
            {
                break;
            }

            letters += rune.Utf16SequenceLength;
        }

        return string.Concat(reason.AsSpan(0, letters), "…");
    }
}
