using System.Text.Json;
using Omnibook.Tests.Server.Streams;

namespace Omnibook.Tests.Server.Apis.CryExc;

/// <summary>A client of <c>/ws</c>.</summary>
internal sealed class CryExcClient(RawClient raw) : IDisposable
{
    public Task SendAsync(string text) => raw.SendTextAsync(text);

    public Task<string> ReadAsync() => raw.ReadTextAsync();

    public async Task<JsonElement> ReadJsonAsync() => JsonDocument.Parse(await ReadAsync()).RootElement;

    /// <summary>Subscribes, and reads the acknowledgement.</summary>
    public async Task SubscribeAsync(string stream, string config, string? instanceId = null)
    {
        await SendAsync(Subscription("stream_subscribe", stream, config, instanceId));
        var answer = await ReadJsonAsync();
        Assert.Equal("subscribed", answer.GetProperty("type").GetString());
        Assert.Equal(config, answer.GetProperty("config").GetRawText());
    }

    /// <summary>Asks and reads the error.</summary>
    public async Task<string> RefusedAsync(string text)
    {
        await SendAsync(text);
        var answer = await ReadJsonAsync();
        Assert.Equal("error", answer.GetProperty("type").GetString());
        return answer.GetProperty("message").GetString()!;
    }

    public static string Subscription(string type, string stream, string config, string? instanceId = null) =>
        $$"""{"type":"{{type}}","stream":"{{stream}}","config":{{config}}{{(instanceId is null ? "" : $",\"instanceId\":\"{instanceId}\"")}}}""";

    public void Dispose() => raw.Dispose();
}
