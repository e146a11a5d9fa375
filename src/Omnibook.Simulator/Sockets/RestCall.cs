namespace Omnibook.Simulator.Sockets;

/// <summary>An HTTP request to a simulated venue.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Query">The query's parameters.</param>
/// <param name="ContentType">The type of the body, or null.</param>
/// <param name="Body">The body.</param>
internal sealed record RestCall(string Method, string Path, IReadOnlyDictionary<string, string> Query, string? ContentType, byte[] Body)
{
    /// <summary>A GET request.</summary>
    public static RestCall Get(string path, params (string Name, string Value)[] query) =>
        new("GET", path, query.ToDictionary(static pair => pair.Name, static pair => pair.Value, StringComparer.Ordinal), null, []);

    /// <summary>A POST request with a JSON body.</summary>
    public static RestCall Post(string path, string json) =>
        new("POST", path, new Dictionary<string, string>(StringComparer.Ordinal), "application/json", System.Text.Encoding.UTF8.GetBytes(json));
}

/// <summary>The venue's answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
internal sealed record RestAnswer(int Status, byte[] Body)
{
    /// <summary>An answer that never comes.</summary>
    public static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    /// <summary>The content type; JSON unless told.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Headers besides the usual ones.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>How long the answer takes; <see cref="Never"/> for an answer that never comes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The answer proper, where it is only known later; null where this is it.</summary>
    public Task<RestAnswer>? Later { get; init; }

    /// <summary>Plain text.</summary>
    public static RestAnswer Text(int status, string text) =>
        new(status, System.Text.Encoding.UTF8.GetBytes(text)) { ContentType = "text/plain; charset=utf-8" };

    /// <summary>JSON given as text.</summary>
    public static RestAnswer Json(int status, string json) => new(status, System.Text.Encoding.UTF8.GetBytes(json));
}
