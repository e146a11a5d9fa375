using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Omnibook.Venues.Feed;

/// <summary>What can be set about a REST client, apart from the venue's own <see cref="VenueRules"/>.</summary>
public sealed record RestClientOptions
{
    /// <summary>How long an answer may take, once the request has its turn.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Largest answer that is read, after decompression.</summary>
    public int MaxAnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How many requests may be under way at once.</summary>
    public int MaxInFlight { get; init; } = 8;

    /// <summary>How many requests may wait for their turn.</summary>
    public int MaxWaiting { get; init; } = 2048;
}

/// <summary>
/// One venue's REST host. There is one for all who ask it, since its budget is one. It follows no redirect, keeps no cookie,
/// and turns every failure into a <see cref="VenueRequestException"/>. Thread-safe.
/// </summary>
public sealed class RestClient : VenueRest, IDisposable
{
    private readonly VenueRules _rules;
    private readonly TimeProvider _time;
    private readonly RestClientOptions _options;
    private readonly Uri _host;
    private readonly HttpClient _http;

    /// <summary>Creates the client of one host.</summary>
    /// <param name="host">Base address: <see cref="VenueAddresses.Rest"/>.</param>
    /// <param name="rules">The venue's rules: the weight of its budget.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="options">What else can be set.</param>
    public RestClient(Uri host, VenueRules rules, TimeProvider time, RestClientOptions? options = null)
    {
        (_rules, _time, _options) = (rules, time, options ?? new RestClientOptions());
        _host = host.AbsoluteUri.EndsWith('/') ? host : new Uri(host.AbsoluteUri + "/");
        Budget = new RequestBudget(rules.RestWeight, rules.RestWindow, time, _options.MaxInFlight, _options.MaxWaiting);
        _http = new HttpClient(Handler()) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = _options.MaxAnswerBytes };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Omnibook", "0.1"));
    }

    /// <summary>The base address.</summary>
    public Uri Host => _host;

    /// <summary>The budget that all requests to this host share.</summary>
    public RequestBudget Budget { get; }

    /// <summary>Until when the host must not be asked; null when it may be. Worth keeping over a restart, see <see cref="RestoreBlock"/>.</summary>
    public DateTimeOffset? BlockedUntil => Budget.BlockedUntil;

    /// <summary>Takes over a ban that an earlier process was given.</summary>
    public void RestoreBlock(DateTimeOffset until) => Budget.BlockUntil(until);

    /// <inheritdoc />
    public override async Task<byte[]> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        await Budget.EnterAsync(request.Weight, request.Priority, cancellationToken);
        try
        {
            return await ExchangeAsync(request, cancellationToken);
        }
        finally
        {
            Budget.Leave();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Budget.Dispose();
        _http.Dispose();
    }

    // Venues drop idle connections after about three minutes without a word; a shorter life avoids asking on a dead one.
    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromSeconds(110),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        MaxConnectionsPerServer = _options.MaxInFlight,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    };

    private async Task<byte[]> ExchangeAsync(RestRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = Message(request);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            ObserveWeight(answer);
            await answer.Content.LoadIntoBufferAsync(_options.MaxAnswerBytes, either.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(either.Token);
            return Checked(answer, body);
        }
        catch (OperationCanceledException cancelled) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VenueRequestException(
                RequestFailure.TimedOut, $"{_host.Host} did not answer {request.Path} within {_options.Timeout.TotalSeconds:0.#} s.", cancelled);
        }
        catch (Exception broken) when (RestFailures.IsOfTheVenue(broken))
        {
            throw RestFailures.Translate(broken, _host);
        }
    }

    private HttpRequestMessage Message(RestRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, new Uri(_host, request.Path.TrimStart('/')));
        if (request.Body is { } body)
        {
            message.Method = HttpMethod.Post;
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return message;
    }

    private byte[] Checked(HttpResponseMessage answer, byte[] body)
    {
        var failure = RestFailures.Of(answer, body, _time.GetUtcNow(), _rules.RestWindow);
        if (failure is null)
        {
            return body;
        }

        if (failure is { Failure: RequestFailure.RateLimited, Until: { } until })
        {
            Budget.BlockUntil(until);
        }

        throw failure;
    }

    private void ObserveWeight(HttpResponseMessage answer)
    {
        if (_rules.UsedWeightHeader is { } name
            && answer.Headers.TryGetValues(name, out var values)
            && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var spent))
        {
            Budget.Observe(spent);
        }
    }
}
