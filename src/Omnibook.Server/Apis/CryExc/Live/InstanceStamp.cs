using System.Text;
using System.Text.Encodings.Web;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.Live;

/// <summary>
/// Puts a client's name of its subscription into frames that all share: at the top, and for footprints into <c>data</c> as well. It runs on the
/// client's own send loop, so that however many clients have names of their own, the market renders a frame once.
/// </summary>
internal sealed class InstanceStamp
{
    private readonly FrameWriter _writer;
    private readonly byte[] _stamp;
    private readonly bool _isInside;

    /// <param name="instanceId">The client's name of its subscription.</param>
    /// <param name="isInside">Whether it is put into <c>data</c> too.</param>
    /// <param name="frames">Where frames come from.</param>
    public InstanceStamp(string instanceId, bool isInside, FramePool frames)
    {
        (_writer, _isInside) = (new FrameWriter(frames), isInside);
        _stamp = Encoding.UTF8.GetBytes($"\"instanceId\":\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(instanceId)}\",");
    }

    /// <summary>The same frame with the name in it.</summary>
    public Frame Stamp(Frame frame)
    {
        var text = frame.Text.Span;
        _writer.Begin().Raw("{"u8).Raw(_stamp);
        text = text[1..];
        if (_isInside && text.IndexOf("\"data\":{"u8) is var at and >= 0)
        {
            var inside = at + "\"data\":{"u8.Length;
            _writer.Raw(text[..inside]).Raw(_stamp);
            text = text[inside..];
        }

        return _writer.Raw(text).Complete(frame.Worth);
    }
}
