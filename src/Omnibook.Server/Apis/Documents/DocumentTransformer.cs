using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Omnibook.Server.Apis.Health;
using Omnibook.Server.Apis.MarketData;
using Omnibook.Server.Apis.Nbbo;

namespace Omnibook.Server.Apis.Documents;

/// <summary>Gives the OpenAPI document its title, and says what its tags are.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    /// <inheritdoc />
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Omnibook",
            Version = typeof(DocumentTransformer).Assembly.GetName().Version?.ToString(3) ?? "0",
            Description = "Every venue, one book. Sockets are listed at /ws-catalog. Errors are `{\"detail\": …}`. Where a key is needed, send it as `Authorization: Bearer …`.",
            License = new OpenApiLicense { Name = "MIT" },
        };

        // The address by which the document was read is the right one; a fixed one would be wrong behind a proxy.
        document.Servers = [];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = NbboApi.Tag, Description = "One consolidated book of Hyperliquid's builder dexes. The same routes are at the root and under /nbbo." },
            new() { Name = MarketDataApi.Tag, Description = "Candles, open interest, funding, large trades and liquidations of every venue in one shape. The same routes are at the root and under /markets." },
            new() { Name = HealthApi.Tag, Description = "The server itself: health, metrics, documents." },
        };
        return Task.CompletedTask;
    }
}
