using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Omnibook.Tests.Server.Apis.Nbbo;

namespace Omnibook.Tests.Server.Apis;

public sealed class DocumentsApiTests
{
    [Fact]
    public async Task Every_mapped_route_is_in_the_document()
    {
        await using var host = await NbboHost.StartAsync();
        var paths = (await host.GetAsync("/openapi.json")).GetProperty("paths");
        var missing = Routes(host)
            .SelectMany(route => Methods(route), (route, method) => (Path: "/" + route.RoutePattern.RawText!.Trim('/'), Method: method))
            .Where(route => !paths.TryGetProperty(route.Path, out var path) || !path.TryGetProperty(route.Method, out _))
            .Select(route => $"{route.Method} {route.Path}");
        Assert.Empty(missing);
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_has_a_tag_and_an_example()
    {
        await using var host = await NbboHost.StartAsync();
        var document = await host.GetAsync("/openapi.json");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, operation) in Operations(document))
        {
            Assert.True(operation.TryGetProperty("summary", out _), path);
            Assert.True(operation.TryGetProperty("description", out _), path);
            Assert.True(operation.GetProperty("tags").GetArrayLength() > 0, path);
            Assert.True(ids.Add(operation.GetProperty("operationId").GetString()!), path);
            if (path != "/metrics")
            {
                Assert.Contains("example", operation.GetProperty("responses").GetRawText(), StringComparison.Ordinal);
            }
        }

        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_are_told_with_where_they_stand_and_what_they_are()
    {
        await using var host = await NbboHost.StartAsync();
        var paths = (await host.GetAsync("/openapi.json")).GetProperty("paths");
        var limit = paths.GetProperty("/test/db/head").GetProperty("get").GetProperty("parameters")[0];
        Assert.Equal("limit", limit.GetProperty("name").GetString());
        Assert.Equal("query", limit.GetProperty("in").GetString());
        Assert.Equal("integer", limit.GetProperty("schema").GetProperty("type").GetString());
        var coin = paths.GetProperty("/chart/{coin}").GetProperty("get").GetProperty("parameters")[0];
        Assert.Equal("path", coin.GetProperty("in").GetString());
        Assert.True(coin.GetProperty("required").GetBoolean());
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/redoc")]
    public async Task The_viewers_ask_no_other_host(string path)
    {
        await using var host = await NbboHost.StartAsync();
        var page = await host.GetTextAsync(path);
        Assert.Contains("<html", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.NotEmpty(await host.GetTextAsync(path + "/index.js"));
    }

    [Fact]
    public async Task The_sockets_are_listed_with_an_example()
    {
        await using var host = await NbboHost.StartAsync();
        var sockets = (await host.GetAsync("/ws-catalog")).EnumerateArray().ToDictionary(socket => socket.GetProperty("path").GetString()!, StringComparer.Ordinal);
        Assert.Equal("state", sockets["/ws/prices"].GetProperty("kind").GetString());
        Assert.Equal("event", sockets["/nbbo/ws/trades"].GetProperty("kind").GetString());
        Assert.Equal("aggregated_order_book", sockets["/ws/prices"].GetProperty("example").GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_root_is_a_page_for_browsers_and_an_object_for_programs()
    {
        await using var host = await NbboHost.StartAsync();
        var about = await host.GetAsync("/");
        Assert.Equal("Omnibook", about.GetProperty("name").GetString());
        Assert.Equal("operational", about.GetProperty("status").GetString());
        Assert.Equal("/docs", about.GetProperty("docs").GetString());
        Assert.Contains("/aggregate-order-books", about.GetProperty("endpoints").EnumerateArray().Select(path => path.GetString()));

        using var page = await host.SendAsync(HttpMethod.Get, "/", ("Accept", "text/html,application/xhtml+xml"));
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        foreach (var file in new[] { "/page.js", "/page.css", "/icon.svg" })
        {
            Assert.Contains(file, text, StringComparison.Ordinal);
            Assert.NotEmpty(await host.GetTextAsync(file));
        }

        using var again = await host.SendAsync(HttpMethod.Get, "/", ("Accept", "text/html"), ("If-None-Match", page.Headers.ETag!.Tag));
        Assert.Equal(304, (int)again.StatusCode);
    }

    private static IEnumerable<RouteEndpoint> Routes(NbboHost host) =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null);

    private static IEnumerable<string> Methods(RouteEndpoint route) =>
        (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Where(method => method != "HEAD").Select(method => method.ToLowerInvariant());

    private static IEnumerable<(string Path, JsonElement Operation)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (path.Name, operation.Value));
}
