using System.Globalization;
using Omnibook.History;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>Writes stored prices twice: as a table for people, and as rows for programs.</summary>
internal static class SnapshotWriter
{
    /// <summary>The whole answer of <c>/test/db/head</c>.</summary>
    public static Frame Render(FrameWriter writer, IReadOnlyList<PriceSnapshot> rows)
    {
        writer.Begin().Raw("{\"success\":true,\"message\":"u8).Text(rows.Count == 1 ? "1 record" : $"{rows.Count} records")
            .Raw(",\"count\":"u8).Integer(rows.Count)
            .Raw(",\"table\":{\"headers\":[\"id\",\"coin\",\"dex\",\"timestamp\",\"best_ask\",\"best_bid\",\"spread\",\"mid_price\",\"created_at\"],\"rows\":["u8);
        WriteEach(writer, rows, WriteCells);
        writer.Raw("]},\"raw_data\":["u8);
        WriteEach(writer, rows, WriteRow);
        return writer.Raw("]}"u8).Complete();
    }

    private static void WriteEach(FrameWriter writer, IReadOnlyList<PriceSnapshot> rows, Action<FrameWriter, PriceSnapshot> write)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            write(i == 0 ? writer : writer.Raw(","u8), rows[i]);
        }
    }

    private static void WriteCells(FrameWriter writer, PriceSnapshot row)
    {
        var time = $"{row.TimestampMs} ({Readable(DateTimeOffset.FromUnixTimeMilliseconds(row.TimestampMs))})";
        var created = $"{row.CreatedAtSeconds} ({Readable(DateTimeOffset.FromUnixTimeSeconds(row.CreatedAtSeconds))})";
        writer.Raw("["u8).Integer(row.Id).Raw(","u8).Text(row.Coin).Raw(","u8).Text(row.Dex).Raw(","u8).Text(time);
        WriteOrNull(writer.Raw(","u8), row.BestAsk);
        WriteOrNull(writer.Raw(","u8), row.BestBid);
        WriteOrNull(writer.Raw(","u8), row.Spread);
        WriteOrNull(writer.Raw(","u8), row.MidPrice);
        writer.Raw(","u8).Text(created).Raw("]"u8);
    }

    private static void WriteRow(FrameWriter writer, PriceSnapshot row)
    {
        writer.Raw("{\"id\":"u8).Integer(row.Id).Raw(",\"coin\":"u8).Text(row.Coin).Raw(",\"dex\":"u8).Text(row.Dex)
            .Raw(",\"timestamp\":"u8).Integer(row.TimestampMs);
        WriteOrNull(writer.Raw(",\"best_ask\":"u8), row.BestAsk);
        WriteOrNull(writer.Raw(",\"best_bid\":"u8), row.BestBid);
        WriteOrNull(writer.Raw(",\"spread\":"u8), row.Spread);
        WriteOrNull(writer.Raw(",\"mid_price\":"u8), row.MidPrice);
        writer.Raw(",\"created_at\":"u8).Integer(row.CreatedAtSeconds).Raw("}"u8);
    }

    private static void WriteOrNull(FrameWriter writer, decimal? value)
    {
        if (value is { } known)
        {
            writer.Decimal(known);
        }
        else
        {
            writer.Raw("null"u8);
        }
    }

    private static string Readable(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
