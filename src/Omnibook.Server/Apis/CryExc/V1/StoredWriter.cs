using Omnibook.Core.Events;
using Omnibook.Core.Instruments;
using Omnibook.Server.Apis.CryExc.Past;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.CryExc.V1;

/// <summary>Writes rows to the client as they are rendered, so that a million of them need no buffer of their own.</summary>
internal static class StoredWriter
{
    private const int ChunkBytes = 48 * 1024;

    /// <summary>Writes the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="query">What was asked for.</param>
    /// <param name="page">What there is.</param>
    /// <param name="name">What the rows are called.</param>
    /// <param name="write">Writes a row.</param>
    public static async Task WriteAsync<T>(
        HttpContext context, StoredQuery query, StoredPage<T> page, string name, Action<FrameWriter, T, InstrumentListing> write)
        where T : IStoredRow
    {
        var (response, token) = (context.Response, context.RequestAborted);
        response.ContentType = "application/json; charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var writer = new FrameWriter(context.RequestServices.GetRequiredService<FramePool>()).Begin().Raw("{"u8).Text(name).Raw(":["u8);
        for (var i = 0; i < page.Rows.Count; i++)
        {
            write(i == 0 ? writer : writer.Raw(","u8), page.Rows[i], query.Listing);
            if (writer.Written >= ChunkBytes)
            {
                await SendAsync(response, writer.Complete(), token);
                writer.Begin();
            }
        }

        var (first, last) = page.Rows is [var oldest, .., var newest] ? (oldest.At, newest.At) : page.Rows is [var only] ? (only.At, only.At) : (query.From, default(Timestamp));
        var end = last.IsUnknown ? query.To.UnixMilliseconds : last.UnixMilliseconds + 1;
        writer.Raw(page.IsTruncated ? "],\"truncated\":true,\"actual_start_ms\":"u8 : "],\"truncated\":false,\"actual_start_ms\":"u8)
            .Integer(first.UnixMilliseconds).Raw(",\"actual_end_ms\":"u8).Integer(end).Raw("}"u8);
        await SendAsync(response, writer.Complete(), token);
    }

    private static async Task SendAsync(HttpResponse response, Frame frame, CancellationToken cancellationToken)
    {
        try
        {
            await response.Body.WriteAsync(frame.Text, cancellationToken);
        }
        finally
        {
            frame.Release();
        }
    }
}
