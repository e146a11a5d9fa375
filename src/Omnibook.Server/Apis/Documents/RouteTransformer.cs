using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Omnibook.Server.Access;

namespace Omnibook.Server.Apis.Documents;

/// <summary>Writes what the routes say of themselves (<see cref="RouteDocs"/>) into the OpenAPI document.</summary>
internal sealed class RouteTransformer : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    /// <inheritdoc />
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = IdOf(context.Description.HttpMethod, context.Description.RelativePath);
        operation.Parameters = [.. metadata.OfType<PathDoc>().Select(Parameter), .. metadata.OfType<QueryDoc>().Select(Parameter)];
        operation.RequestBody = metadata.OfType<BodyDoc>().Select(Body).FirstOrDefault() ?? operation.RequestBody;
        operation.Responses ??= [];
        foreach (var answer in metadata.OfType<AnswerDoc>())
        {
            operation.Responses[answer.Status.ToString(CultureInfo.InvariantCulture)] = Response(answer);
        }

        if (metadata.OfType<RequiredScope>().LastOrDefault() is { } required && Scopes.AlwaysNeedsKey(required.Scope))
        {
            NeedKey(operation, Scopes.Format(required.Scope));
        }

        return Task.CompletedTask;
    }

    private static void NeedKey(OpenApiOperation operation, string scope)
    {
        operation.Description = $"{operation.Description}\n\nAlways needs a key with the scope `{scope}`.";
        operation.Responses!["401"] = Response(new AnswerDoc(401, "No key was shown, or a wrong one.", """{"detail":"a key is needed"}"""));
        operation.Responses["403"] = Response(new AnswerDoc(403, "The key may not do this.", """{"detail":"this needs the scope trade; the key has read"}"""));
    }

    /// <summary><c>get-chart-coin</c> of GET /chart/{coin}: stable, unique, fit for generated clients.</summary>
    private static string IdOf(string? method, string? path)
    {
        var words = (path ?? string.Empty).Split(['/', '{', '}', '_', '.'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', words.Prepend((method ?? "get").ToLowerInvariant()));
    }

    private static IOpenApiParameter Parameter(PathDoc path) => new OpenApiParameter
    {
        Name = path.Name,
        In = ParameterLocation.Path,
        Required = true,
        Description = path.Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(path.Example),
    };

    private static IOpenApiParameter Parameter(QueryDoc query) => new OpenApiParameter
    {
        Name = query.Name,
        In = ParameterLocation.Query,
        Required = query.Required,
        Description = query.Description,
        Schema = new OpenApiSchema { Type = query.Type == "integer" ? JsonSchemaType.Integer : JsonSchemaType.String },
        Example = query.Example is { } example ? ExampleOf(query.Type, example) : null,
    };

    private static JsonNode? ExampleOf(string type, string example) => type == "integer" ? JsonNode.Parse(example) : JsonValue.Create(example);

    private static OpenApiRequestBody Body(BodyDoc body) => new()
    {
        Description = body.Description,
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [Json] = new() { Example = JsonNode.Parse(body.Example) },
        },
    };

    private static OpenApiResponse Response(AnswerDoc answer) => new()
    {
        Description = answer.Meaning,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [Json] = new() { Example = JsonNode.Parse(answer.Example) },
        },
    };
}
