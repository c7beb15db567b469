using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Deliverybot.Tests.Sandbox.Contract;

/// <summary>GitHub's own OpenAPI description of its Enterprise Server (npm <c>@octokit/openapi</c>).</summary>
internal static partial class GitHubDescription
{
    private const string Schemas = "#/components/schemas/";
    private const string Definitions = "#/definitions/";

    private static readonly Lazy<JsonNode> Document = new(Load);
    private static readonly Lazy<Dictionary<string, JsonNode>> Paths = new(() =>
        Document.Value["paths"]!.AsObject().GroupBy(path => Nameless(path.Key)).ToDictionary(group => group.Key, group => group.First().Value!));
    private static readonly ConcurrentDictionary<string, Task<JsonSchema>> Read = new();

    /// <summary>What is wrong with an answer; empty if nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FaultsOfAnswerAsync(string method, string route, int status, string body)
    {
        if (!Paths.Value.TryGetValue(Nameless(route), out var path) || path[method.ToLowerInvariant()] is not { } operation)
        {
            return [$"GitHub has no {method} {route}"];
        }

        if (operation["responses"]![$"{status}"] is not { } response)
        {
            return [$"GitHub doesn't answer {method} {route} with {status}"];
        }

        return response["content"]?["application/json"]?["schema"] is { } schema
            ? await FaultsAsync($"{method} {Nameless(route)} {status}", schema, body)
            : [];
    }

    /// <summary>What is wrong with an event's payload; null if GitHub describes no such event.</summary>
    public static async Task<IReadOnlyList<string>?> FaultsOfEventAsync(string name, string? action, string body)
    {
        var all = Document.Value["x-webhooks"]!;
        var key = (action is null ? name : $"{name}-{action}").Replace('_', '-');
        var schema = all[key]?["post"]?["requestBody"]?["content"]?["application/json"]?["schema"];
        return schema is null ? null : await FaultsAsync(key, schema, body);
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(string key, JsonNode schema, string body)
    {
        var known = await Read.GetOrAdd(key, _ => JsonSchema.FromJsonAsync(WithDefinitions(schema)));
        return known.Validate(body).SelectMany(Leaves).Where(IsFault).Select(error => $"{key}: {error.Path} {error.Kind}").Distinct().ToList();
    }

    // GitHub leaves addresses of deployment statuses empty although it calls them URIs.
    private static bool IsFault(ValidationError error) => error.Kind != ValidationErrorKind.UriExpected;

    private static IEnumerable<ValidationError> Leaves(ValidationError error) =>
        error is ChildSchemaValidationError parent && parent.Errors.Values.Any(errors => errors.Count > 0)
            ? parent.Errors.Values.Any(errors => errors.SelectMany(Leaves).All(leaf => !IsFault(leaf)))
                ? []
                : parent.Errors.Values.SelectMany(errors => errors).SelectMany(Leaves)
            : [error];

    private static string WithDefinitions(JsonNode schema)
    {
        var definitions = new JsonObject();
        var root = Converted(schema, definitions)!.AsObject();
        root["definitions"] = definitions;
        return root.ToJsonString();
    }

    // OpenAPI 3.0 says nullable where JSON Schema lists the type null.
    private static JsonNode? Converted(JsonNode? node, JsonObject definitions)
    {
        if (node is JsonArray list)
        {
            return new JsonArray(list.Select(item => Converted(item, definitions)).ToArray());
        }

        if (node is not JsonObject old)
        {
            return node?.DeepClone();
        }

        if (old["$ref"] is JsonValue reference && ((string?)reference)!.StartsWith(Schemas, StringComparison.Ordinal))
        {
            var name = ((string?)reference)![Schemas.Length..];
            if (!definitions.ContainsKey(name))
            {
                definitions[name] = null;
                definitions[name] = Converted(Document.Value["components"]!["schemas"]![name], definitions);
            }

            return new JsonObject { ["$ref"] = Definitions + name };
        }

        var json = new JsonObject();
        foreach (var (key, value) in old)
        {
            if (key is not ("nullable" or "example" or "examples" or "default" or "discriminator"))
            {
                json[key] = Converted(value, definitions);
            }
        }

        return old["nullable"] is JsonValue nullable && nullable.TryGetValue<bool>(out var may) && may ? OrNull(json) : json;
    }

    private static JsonObject OrNull(JsonObject json) => new() { ["anyOf"] = new JsonArray(json, new JsonObject { ["type"] = "null" }) };

    private static string Nameless(string template) => Parameter().Replace(template, "{}");

    private static JsonNode Load()
    {
        const string file = "node_modules/@octokit/openapi/generated/ghes-3.17.json";
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, file)))
        {
            folder = folder.Parent ?? throw new FileNotFoundException(file);
        }

        return JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder.FullName, file)))!;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
