using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Omnibook.Server.Apis;
using Omnibook.Server.Streams;

namespace Omnibook.Tests.Server.Streams;

/// <summary>A real server on a free port of the loopback, with one topic of states and one of events, and a clock that stands still.</summary>
internal sealed class StreamHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FrameWriter _writer;

    private StreamHost(WebApplication app, ManualTimeProvider time)
    {
        (_app, Time) = (app, time);
        _writer = new FrameWriter(app.Services.GetRequiredService<FramePool>());
        Counters = app.Services.GetRequiredService<StreamCounters>();
        States = new Topic("states", OutboxPolicy.NewestOnly, Counters);
        Events = new Topic("events", OutboxPolicy.DropOldest, Counters);
        Announced = new Topic("announced", OutboxPolicy.DropOldest, Counters, dropped => Render($"{{\"dropped\":{dropped}}}"));
    }

    public ManualTimeProvider Time { get; }

    public StreamCounters Counters { get; }

    public Topic States { get; }

    public Topic Events { get; }

    public Topic Announced { get; }

    public ClientRegistry Clients => _app.Services.GetRequiredService<ClientRegistry>();

    public Uri Address => new(_app.Urls.First());

    public static async Task<StreamHost> StartAsync(StreamLimits? limits = null, ApiOptions? options = null)
    {
        var time = new ManualTimeProvider();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time).AddStreams(limits).AddApiPipeline(options ?? new ApiOptions());
        var app = builder.Build();
        var host = new StreamHost(app, time);
        app.UseApiPipeline();
        app.MapSocket("/states", (_, client) => client.Follow(host.States));
        app.MapSocket("/events", (_, client) => client.Follow(host.Events));
        app.MapSocket("/announced", (_, client) => client.Follow(host.Announced));
        app.MapSocket("/both", (_, client) =>
        {
            client.Follow(host.States);
            client.Follow(host.Events);
        });
        app.MapSocket("/echo", (_, client) => client.Received = (self, message) => self.Send(host.Render(message.Span)));
        await app.StartAsync();
        return host;
    }

    public Frame Render(string text) => Render(System.Text.Encoding.UTF8.GetBytes(text));

    public Frame Render(ReadOnlySpan<byte> text)
    {
        lock (_writer)
        {
            return _writer.Begin().Raw(text).Complete();
        }
    }

    /// <summary>Waits for something that happens on other threads; the limit is only there to end a broken test.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 3000 && !condition(); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.True(condition());
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
