using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.Faults;

/// <summary>Stands between a venue and one of its connections and spoils frames as the faults say.</summary>
internal sealed class FrameFaults(FaultBoard faults, Action<OutboundFrame> deliver)
{
    private const long UsualHugeBytes = 40 << 20;
    private (FrameTag Tag, OutboundFrame Frame)? _held;

    /// <summary>Delivers a frame, or what the faults make of it.</summary>
    public void Pass(FrameTag tag, byte[] bytes)
    {
        if (faults.Active.Count == 0 && _held is null)
        {
            deliver(OutboundFrame.Text(bytes));
        }
        else if (faults.Use("stall") is null)
        {
            PassSomehow(tag, bytes);
        }
    }

    private void PassSomehow(FrameTag tag, byte[] bytes)
    {
        if (!tag.IsData)
        {
            deliver(OutboundFrame.Text(bytes));
        }
        else if (Hits("mute", tag) is null && Hits("gap", tag) is null)
        {
            Reorder(tag, OutboundFrame.Text(Spoil(tag, bytes)));
            if (Hits("huge-frame", tag) is { } huge)
            {
                deliver(OutboundFrame.Padding(huge.Request.Bytes ?? UsualHugeBytes));
            }
        }
    }

    private byte[] Spoil(FrameTag tag, byte[] bytes)
    {
        bytes = Hits("clock-offset", tag) is { } clock ? FrameDamage.ShiftTimes(bytes, clock.Request.OffsetMs ?? 5000) : bytes;
        bytes = FrameDamage.HasLevels(bytes) && Hits("corrupt-level", tag) is not null ? FrameDamage.CorruptLevel(bytes) : bytes;
        bytes = FrameDamage.HasNumbers(bytes) && Hits("nan", tag) is not null ? FrameDamage.NotANumber(bytes) : bytes;
        bytes = Hits("malformed", tag) is not null ? FrameDamage.Truncate(bytes) : bytes;
        return Hits("invalid-utf8", tag) is not null ? FrameDamage.BreakUtf8(bytes) : bytes;
    }

    private void Reorder(FrameTag tag, OutboundFrame frame)
    {
        if (_held is { } held && held.Tag == tag)
        {
            _held = null;
            deliver(frame);
            deliver(held.Frame);
        }
        else if (_held is null && Hits("reorder", tag) is not null)
        {
            _held = (tag, frame);
        }
        else
        {
            deliver(frame);
            if (Hits("duplicate", tag) is not null)
            {
                deliver(frame);
            }
        }
    }

    private ActiveFault? Hits(string kind, FrameTag tag) => faults.Use(kind, tag.Symbol, tag.Channel);
}
