using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Omnibook.Server.Alerts.Webhooks;

/// <summary>
/// Posts an event to its webhook: to the address that the guard has looked at, through no proxy, following no redirect, for five seconds and 64 kB
/// of an answer at most.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private const int MostAnswerBytes = 64 * 1024;

    /// <summary>How long a delivery may take in all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly WebhookGuard _guard;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <summary>A client that has not connected anywhere yet.</summary>
    public WebhookClient(WebhookGuard guard, TimeProvider time)
    {
        (_guard, _time) = (guard, time);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            ActivityHeadersPropagator = null,

            // Each delivery looks its host up anew, so that none rides on a connection that was allowed before.
            PooledConnectionLifetime = TimeSpan.Zero,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Posts an event.</summary>
    /// <returns>Null when it was taken (2xx); otherwise why it was not.</returns>
    public async Task<string?> PostAsync(AlertWebhook webhook, long number, byte[] body, CancellationToken cancellationToken)
    {
        if (_guard.Refusal(webhook.Url.OriginalString, out _) is { } refusal)
        {
            return refusal;
        }

        using var patience = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = Request(webhook, number, body);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(answer, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return (failure.InnerException as WebhookRefusedException)?.Message ?? failure.Message;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>HMAC-SHA256 of <c>time.body</c>, as <c>t=1736942400,v1=5f…</c>: a receiver refuses what is old, and what is not ours.</summary>
    internal static string Sign(string secret, long seconds, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")), .. body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(signature)}");
    }

    private HttpRequestMessage Request(AlertWebhook webhook, long number, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.ParseAdd("omnibook");
        request.Headers.Add("X-Omnibook-Event", number.ToString(CultureInfo.InvariantCulture));
        request.Headers.ConnectionClose = true;
        if (webhook.Secret is { } secret)
        {
            request.Headers.Add("X-Omnibook-Signature", Sign(secret, _time.GetUtcNow().ToUnixTimeSeconds(), body));
        }

        return request;
    }

    private static async Task<string?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            return (int)answer.StatusCode is >= 300 and < 400
                ? $"HTTP {(int)answer.StatusCode}: redirects are not followed"
                : $"HTTP {(int)answer.StatusCode}";
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostAnswerBytes + 1];
        return await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) <= MostAnswerBytes
            ? null
            : $"the answer has more than {MostAnswerBytes} bytes";
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _guard.ResolveAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
