using System.Globalization;
using System.Net;
using System.Text.Json;
using Omnibook.History.Database;
using Omnibook.History.Database.Export;
using Omnibook.Server.Apis.Export;
using Omnibook.Server.Configuration;
using Spectre.Console;

namespace Omnibook.Server.Commands.Export;

/// <summary>Asks the server that runs on this data folder: the database is open in its process, and in no other.</summary>
internal static class RemoteExport
{
    private const int PieceBytes = 1 << 16;

    /// <summary>Asks, and writes down what comes.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses; the message says why.</exception>
    public static async Task<long> RunAsync(
        ListenOptions listen, ExportRequest request, string target, FileInfo? keyFile, ProgressContext progress, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        if (keyFile is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(keyFile.FullName, cancellationToken)).Trim());
        }

        var task = progress.AddTask("the server makes the file").IsIndeterminate();
        using var answer = await client.GetAsync(AddressOf(listen, request), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The running server refused: {Words(await answer.Content.ReadAsStringAsync(cancellationToken))}");
        }

        task.Description("download");
        task.IsIndeterminate(false).MaxValue(answer.Content.Headers.ContentLength ?? 1);
        await WriteAsync(answer, target, task, cancellationToken);
        return answer.Headers.TryGetValues(ExportApi.RowsHeader, out var rows) ? long.Parse(rows.First(), CultureInfo.InvariantCulture) : 0;
    }

    private static async Task WriteAsync(HttpResponseMessage answer, string target, ProgressTask task, CancellationToken cancellationToken)
    {
        var part = target + ".part";
        try
        {
            await using (var source = await answer.Content.ReadAsStreamAsync(cancellationToken))
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write))
            {
                var piece = new byte[PieceBytes];
                while (await source.ReadAsync(piece, cancellationToken) is > 0 and var read)
                {
                    await file.WriteAsync(piece.AsMemory(0, read), cancellationToken);
                    task.Increment(read);
                }
            }

            File.Move(part, target);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static Uri AddressOf(ListenOptions listen, ExportRequest request)
    {
        var host = IPAddress.Any.Equals(listen.Address) || IPAddress.IPv6Any.Equals(listen.Address) ? IPAddress.Loopback : listen.Address;
        var query = new List<string> { $"interval={request.Interval}" };
        if (request.Range.From != HistoryRange.All.From)
        {
            query.Add(string.Create(CultureInfo.InvariantCulture, $"from={request.Range.From.UnixMilliseconds}"));
        }

        if (request.Range.To != HistoryRange.All.To)
        {
            query.Add(string.Create(CultureInfo.InvariantCulture, $"to={request.Range.To.UnixMilliseconds}"));
        }

        if (request.Venue is { } venue)
        {
            query.Add($"venue={Uri.EscapeDataString(venue.Key)}");
        }

        if (request.Symbol is { } symbol)
        {
            query.Add($"symbol={Uri.EscapeDataString(symbol)}");
        }

        return new UriBuilder(Uri.UriSchemeHttp, host.ToString(), listen.Ports[0], $"/v1/export/{request.Kind.ToString().ToLowerInvariant()}", "?" + string.Join('&', query)).Uri;
    }

    /// <summary><c>{"detail":"…"}</c>, or whatever else it says.</summary>
    private static string Words(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("detail", out var detail) ? detail.ToString() : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
