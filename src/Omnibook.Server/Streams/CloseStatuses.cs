using System.Net.WebSockets;

namespace Omnibook.Server.Streams;

/// <summary>Close codes that the framework has no name for. https://www.iana.org/assignments/websocket/websocket.xhtml</summary>
internal static class CloseStatuses
{
    /// <summary>1013: the server ends the connection because of load; the client may come again.</summary>
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;
}
