using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Omnibook.History;
using Omnibook.Server.Access;
using Omnibook.Server.Apis;
using Omnibook.Server.Streams;

namespace Omnibook.Tests.Server.Access;

/// <summary>A server with a route for each scope, behind the real pipeline, and a file of keys.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;

    private AccessHost(WebApplication app, DirectoryInfo folder, ManualTimeProvider time)
    {
        (_app, _folder, Time) = (app, folder, time);
        _http = new HttpClient { BaseAddress = Address };
        Store = new ApiKeyStore(app.Services.GetRequiredService<AccessRules>().KeyFile!);
    }

    public Uri Address => new(_app.Urls.First());

    public ManualTimeProvider Time { get; }

    public ApiKeyStore Store { get; }

    public List<string> Log { get; private init; } = [];

    public static async Task<AccessHost> StartAsync(bool keysRequired = false)
    {
        var (time, folder, log) = (new ManualTimeProvider(), Directory.CreateTempSubdirectory("omnibook-access-"), new List<string>());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(new ListLog(log));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var options = new ApiOptions { Access = new AccessRules(keysRequired, Path.Combine(folder.FullName, AccessRules.FileName)), RequestsPerSecond = 0 };
        builder.Services.AddSingleton<TimeProvider>(time).AddStreams().AddApiPipeline(options).AddAccess(options.Access);
        var app = builder.Build();
        app.UseApiPipeline();
        app.UseRouting();
        app.UseMiddleware<AccessGuard>();
        app.MapAccess();
        Map(app);
        await app.StartAsync();
        return new AccessHost(app, folder, time) { Log = log };
    }

    /// <summary>Gives a key out, and lets the server notice.</summary>
    public string Add(Scope scopes, TimeSpan? life = null, string name = "test")
    {
        var (text, id) = KeyText.Create();
        var now = Time.GetUtcNow();
        Store.Add(new ApiKeyRow(id, name, KeyText.Hash(text), Scopes.Format(scopes), now.ToUnixTimeMilliseconds(), life is { } span ? (now + span).ToUnixTimeMilliseconds() : null));
        Time.Advance(TimeSpan.FromSeconds(1));
        return text;
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? bearer = null) => SendAsync(HttpMethod.Get, path, bearer);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? bearer = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        }

        return await _http.SendAsync(request);
    }

    public async Task<int> StatusAsync(string path, string? bearer = null)
    {
        using var answer = await GetAsync(path, bearer);
        return (int)answer.StatusCode;
    }

    /// <summary>Opens the socket; 101 when it opened, otherwise what it was answered.</summary>
    public async Task<(int Status, string? SubProtocol)> ConnectAsync(string path = "/ws", string? bearer = null, params string[] protocols)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (bearer is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {bearer}");
        }

        foreach (var protocol in protocols)
        {
            socket.Options.AddSubProtocol(protocol);
        }

        try
        {
            await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = path.Split('?')[0], Query = path.Contains('?') ? path.Split('?')[1] : "" }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            return ((int)socket.HttpStatusCode, null);
        }

        var chosen = socket.SubProtocol;
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        return (101, chosen);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static void Map(WebApplication app)
    {
        app.MapRead("/read", Who);
        app.MapRead("/simulate", Who).RequireScope(Scope.Simulate);
        app.MapRead("/trade", Who).RequireScope(Scope.Trade);
        app.MapRead("/admin", Who).RequireScope(Scope.Admin);
        app.MapRead("/open", Who).OpenToAll();
        app.MapRead("/v1/form", Who).RequireScope(Scope.Trade).RefuseWith((status, why) => Results.Text($"own form: {status} {why}", statusCode: status));
        app.MapSocket("/ws", (_, _) => { });
        app.MapSocket("/ws/trade", (_, _) => { }).RequireScope(Scope.Trade);
    }

    private static Task<IResult> Who(HttpContext context) => Task.FromResult(Results.Text(context.Caller()?.Name ?? "nobody"));

    private sealed class ListLog(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
