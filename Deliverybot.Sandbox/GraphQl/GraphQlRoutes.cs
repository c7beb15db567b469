using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rest;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>https://docs.github.com/en/graphql/guides/forming-calls-with-graphql</summary>
internal sealed class GraphQlRoutes
{
    /// <summary>Where a request's item names the repository that it asks about.</summary>
    public const string Asked = "asked repository";

    // Shared by all servers of a process: reading the schema takes longer than starting a server.
    private static readonly Lazy<ISchema> SharedSchema = new(GraphQlSchema.Load);

    private readonly DocumentExecuter _executer = new();
    private readonly GraphQLSerializer _serializer = new();
    private readonly RateLimits _limits;

    private GraphQlRoutes(RateLimits limits) => _limits = limits;

    public static void Map(RouteTable routes, RateLimits limits) =>
        routes.Add(new RestRoute("POST", "/api/graphql", Access.Anyone, new GraphQlRoutes(limits).Answer) { Prefix = "" });

    // All resolvers are synchronous, so that the execution has ended when it returns.
    private RestAnswer Answer(RestCall call)
    {
        if (call.Caller is Caller.Anonymous)
        {
            throw RestRefusal.Of(401, "This endpoint requires you to be authenticated.");
        }

        call.Request.HttpContext.Items[Asked] = $"{call.Body["variables"]?["owner"]}/{call.Body["variables"]?["name"]}";
        var variables = call.Body["variables"] is JsonObject given ? _serializer.Deserialize<Inputs>(given.ToJsonString()) : null;
        var result = _executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = SharedSchema.Value,
            Query = call.Text("query") ?? throw RestRefusal.Of(400, "A query attribute must be specified and must be a string."),
            Variables = variables ?? Inputs.Empty,
            OperationName = call.Text("operationName"),
            Root = new QueryNode(call, _limits),
            ThrowOnUnhandledException = true,
        }).GetAwaiter().GetResult();
        return RestAnswer.Ok(AsGitHub(JsonNode.Parse(_serializer.Serialize(result))!.AsObject()));
    }

    private static JsonObject AsGitHub(JsonObject answer)
    {
        if (answer["errors"] is JsonArray errors)
        {
            foreach (var error in errors.OfType<JsonObject>())
            {
                if ((string?)error["extensions"]?["code"] is { } type)
                {
                    error["type"] = type;
                }

                error.Remove("extensions");
            }
        }

        return answer;
    }
}
