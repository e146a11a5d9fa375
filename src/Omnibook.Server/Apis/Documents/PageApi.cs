using System.Reflection;
using System.Security.Cryptography;
using Omnibook.Server.Access;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.MarketData;

namespace Omnibook.Server.Apis.Documents;

/// <summary>
/// The root: a page for people, an object for programs. The page's files are inside the program, so that there is nothing to install and
/// nothing is asked of another host.
/// </summary>
internal static class PageApi
{
    private const string Folder = "wwwroot/";
    private const string Index = "index.html";

    private const string Example =
        """{"name":"Omnibook","version":"0.1.0","status":"operational","mode":"live","docs":"/docs","health":"/health","sockets":"/ws-catalog","exchanges":["hyperliquid-testnet"],"endpoints":["/aggregate-order-books"]}""";

    /// <summary>Maps the root and every file of the page.</summary>
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var assembly = typeof(PageApi).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            var file = PageFile.Load(assembly, resource, resource[Folder.Length..]);
            if (file.Name == Index)
            {
                routes.MapRead("/", context => Task.FromResult(WantsPage(context.Request) ? file.Result : About(context)))
                    .Describe("Omnibook", "A page for browsers (`Accept: text/html`), otherwise what this is and where to go on.")
                    .Answers(StatusCodes.Status200OK, "What this is.", Example)
                    .OpenToAll()
                    .WithTags(HealthApi.Tag);
            }
            else
            {
                routes.MapRead("/" + file.Name, _ => Task.FromResult(file.Result)).OpenToAll().ExcludeFromDescription();
            }
        }
    }

    private static bool WantsPage(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static IResult About(HttpContext context)
    {
        var sources = context.RequestServices.GetRequiredService<HealthSources>();
        var endpoints = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText ?? string.Empty)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var exchanges = sources.Venues().Where(venue => venue.IsExchange).Select(venue => ExchangeName.Of(venue.Key));
        return Results.Json(
            new AboutBody("Omnibook", sources.Version, "operational", sources.Mode, "/docs", "/health", "/ws-catalog", [.. exchanges], [.. endpoints]),
            AboutJson.Default.AboutBody);
    }

    /// <summary>One file of the page, kept in memory.</summary>
    private sealed record PageFile(string Name, IResult Result)
    {
        public static PageFile Load(Assembly assembly, string resource, string name)
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var tag = new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
            return new PageFile(name, Results.Bytes(bytes, TypeOf(name), entityTag: tag));
        }

        private static string TypeOf(string name) => Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
    }
}
