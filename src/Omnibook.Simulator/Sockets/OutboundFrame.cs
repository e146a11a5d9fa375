namespace Omnibook.Simulator.Sockets;

/// <summary>What a connection is told to do next on the wire.</summary>
/// <param name="Kind">Which of the fields below count.</param>
/// <param name="Bytes">A text frame.</param>
/// <param name="Size">How many bytes of padding a huge frame holds.</param>
/// <param name="CloseCode">The code of a close frame.</param>
/// <param name="CloseReason">The reason in a close frame.</param>
internal readonly record struct OutboundFrame(OutboundKind Kind, byte[] Bytes, long Size, int CloseCode, string CloseReason)
{
    /// <summary>A text frame.</summary>
    public static OutboundFrame Text(byte[] bytes) => new(OutboundKind.Text, bytes, 0, 0, "");

    /// <summary>A valid but huge JSON text frame.</summary>
    public static OutboundFrame Padding(long size) => new(OutboundKind.Padding, [], size, 0, "");

    /// <summary>A close frame.</summary>
    public static OutboundFrame Close(int code, string reason) => new(OutboundKind.Close, [], 0, code, reason);

    /// <summary>The end without a close frame; with a TCP reset when asked.</summary>
    public static OutboundFrame Cut(bool reset) => new(reset ? OutboundKind.Reset : OutboundKind.Cut, [], 0, 0, "");
}

/// <summary>The kinds of <see cref="OutboundFrame"/>.</summary>
internal enum OutboundKind
{
    /// <summary>A text frame.</summary>
    Text,

    /// <summary>A huge text frame.</summary>
    Padding,

    /// <summary>A close frame.</summary>
    Close,

    /// <summary>The end of the connection without a close frame.</summary>
    Cut,

    /// <summary>The same by TCP reset.</summary>
    Reset,
}
