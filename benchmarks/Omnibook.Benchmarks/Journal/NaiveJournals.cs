using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Omnibook.Core.Events;

namespace Omnibook.Benchmarks.Journal;

/// <summary>What would be written without much thought: a line of JSON a trade, or the memory of the trade as it is.</summary>
internal static class NaiveJournals
{
    private static readonly ArrayBufferWriter<byte> Buffer = new(1 << 20);

    /// <summary>A line of JSON a trade.</summary>
    public static long Json(ReadOnlySpan<Trade> trades)
    {
        var bytes = 0L;
        using var writer = new Utf8JsonWriter(Buffer);
        foreach (ref readonly var trade in trades)
        {
            writer.WriteStartObject();
            writer.WriteNumber("i"u8, trade.Instrument.Index);
            writer.WriteNumber("id"u8, trade.TradeId);
            writer.WriteNumber("p"u8, trade.Price.Units);
            writer.WriteNumber("q"u8, trade.Quantity.Units);
            writer.WriteBoolean("s"u8, trade.TakerSide == TakerSide.Sell);
            writer.WriteNumber("t"u8, trade.Times.VenueTime.Nanoseconds);
            writer.WriteNumber("r"u8, trade.Times.ReceivedAt.Nanoseconds);
            writer.WriteEndObject();
            writer.Flush();
            bytes += writer.BytesCommitted + 1;
            writer.Reset();
            if (Buffer.WrittenCount > 1 << 19)
            {
                Buffer.ResetWrittenCount();
            }
        }

        Buffer.ResetWrittenCount();
        return bytes;
    }

    /// <summary>The fields at their full width.</summary>
    public static long Memory(ReadOnlySpan<Trade> trades)
    {
        foreach (var part in (ReadOnlySpan<int>)[0, 1, 2, 3])
        {
            var quarter = MemoryMarshal.AsBytes(trades.Slice(part * (trades.Length / 4), trades.Length / 4));
            for (var at = 0; at < quarter.Length; at += 1 << 16)
            {
                quarter.Slice(at, Math.Min(1 << 16, quarter.Length - at)).CopyTo(Buffer.GetSpan(1 << 16));
            }
        }

        return (long)trades.Length * Marshal.SizeOf<Trade>();
    }
}
