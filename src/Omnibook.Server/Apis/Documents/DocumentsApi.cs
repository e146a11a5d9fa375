using System.Text;
using System.Text.Json;
using Omnibook.Server.Apis.Health;

namespace Omnibook.Server.Apis.Documents;

/// <summary>What describes the interfaces: the OpenAPI document, two viewers of it that need no other host, and the list of sockets.</summary>
internal static class DocumentsApi
{
    private const string Document = "/openapi.json";

    // The viewer's own page asks a foreign host for a font; this one does not.
    private const string ReDocPage = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
            <title>%(DocumentTitle)</title>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link href="index.css" rel="stylesheet" type="text/css">
        </head>
        <body>
            <div id="redoc-container"></div>
            <script type="module" src="index.js"></script>
        </body>
        </html>
        """;

    /// <summary>Registers the OpenAPI document.</summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            // HEAD is GET without its body; telling it twice helps nobody.
            options.ShouldInclude = route => !HttpMethods.IsHead(route.HttpMethod ?? string.Empty);
            options.AddOperationTransformer<RouteTransformer>();
            options.AddDocumentTransformer<DocumentTransformer>();
        });

    /// <summary>Serves the viewers at <c>/docs</c> and <c>/redoc</c>.</summary>
    public static IApplicationBuilder UseDocuments(this IApplicationBuilder app) =>
        app
            .UseSwaggerUI(viewer =>
            {
                viewer.RoutePrefix = "docs";
                viewer.DocumentTitle = "Omnibook API";
                viewer.SwaggerEndpoint(Document, "Omnibook");
            })
            .UseReDoc(viewer =>
            {
                viewer.RoutePrefix = "redoc";
                viewer.DocumentTitle = "Omnibook API";
                viewer.SpecUrl = Document;
                viewer.IndexStream = () => new MemoryStream(Encoding.UTF8.GetBytes(ReDocPage));
            });

    /// <summary>Maps the document and the list of sockets.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(Document);
        routes.MapRead("/ws-catalog", context => Task.FromResult(Catalog(context)))
            .Describe("The sockets", "Every WebSocket path, what it sends, and what happens to a slow client there.")
            .Answers(
                StatusCodes.Status200OK,
                "The list.",
                """[{"path":"/ws/prices","summary":"The consolidated book","description":"The latest at once, then every 4 seconds.","kind":"state","example":{"type":"aggregated_order_book"}}]""")
            .WithTags(HealthApi.Tag);
    }

    private static IResult Catalog(HttpContext context)
    {
        var sockets = from endpoint in context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                      let socket = endpoint.Metadata.GetMetadata<SocketDoc>()
                      where socket is not null
                      select new SocketEntry(
                          endpoint.RoutePattern.RawText ?? string.Empty,
                          socket.Summary,
                          socket.Description,
                          socket.Kind,
                          JsonDocument.Parse(socket.Example).RootElement);
        return Results.Json(sockets.ToList(), DocumentsJson.Default.ListSocketEntry);
    }
}
