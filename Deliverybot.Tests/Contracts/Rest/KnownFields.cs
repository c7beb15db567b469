using System.Text.Json.Nodes;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>
/// Finds fields that a schema doesn't name. GitHub's schemas are open, so validation passes over a misspelt field;
/// between GitHub and us it is a fault.
/// </summary>
internal static class KnownFields
{
    /// <returns>The path of each unknown field.</returns>
    public static IEnumerable<string> Unknown(JsonNode? value, JsonNode schema, JsonObject definitions) =>
        Unknown(value, Alternatives(schema, definitions), definitions, "#");

    private static IEnumerable<string> Unknown(JsonNode? value, List<JsonObject> schemas, JsonObject definitions, string path) => value switch
    {
        JsonObject fields => UnknownFields(fields, schemas, definitions, path),
        JsonArray items => UnknownInItems(items, schemas, definitions, path),
        _ => [],
    };

    private static IEnumerable<string> UnknownFields(JsonObject fields, List<JsonObject> schemas, JsonObject definitions, string path)
    {
        var objects = schemas.Where(schema => IsFor("object", schema)).ToList();
        foreach (var (name, value) in fields)
        {
            var named = objects.Select(schema => schema["properties"]?[name]).OfType<JsonNode>().ToList();
            if (named.Count == 0 && !objects.Exists(IsFree))
            {
                yield return $"{path}/{name}";
            }

            if (named.Count > 0)
            {
                var inner = named.SelectMany(schema => Alternatives(schema, definitions)).ToList();
                foreach (var fault in Unknown(value, inner, definitions, $"{path}/{name}"))
                {
                    yield return fault;
                }
            }
        }
    }

    private static IEnumerable<string> UnknownInItems(JsonArray items, List<JsonObject> schemas, JsonObject definitions, string path)
    {
        var inner = schemas.Select(schema => schema["items"]).OfType<JsonNode>().SelectMany(schema => Alternatives(schema, definitions)).ToList();
        return inner.Count == 0 ? [] : items.SelectMany(item => Unknown(item, inner, definitions, $"{path}[]"));
    }

    private static bool IsFor(string type, JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Any(item => (string?)item == type),
        JsonValue only => (string?)only == type,
        _ => schema["properties"] is not null,
    };

    // An object of which nothing is said takes anything.
    private static bool IsFree(JsonObject schema) => schema["additionalProperties"] switch
    {
        JsonValue allowed => (bool)allowed,
        JsonObject => true,
        _ => schema["properties"] is null,
    };

    /// <summary>A schema and all that it refers to or chooses from.</summary>
    public static List<JsonObject> Alternatives(JsonNode schema, JsonObject definitions)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Alternatives(definitions[reference[(reference.LastIndexOf('/') + 1)..]]!, definitions);
        }

        var inside = new[] { schema["anyOf"], schema["allOf"] }.OfType<JsonArray>().SelectMany(list => list).OfType<JsonNode>();
        return [schema.AsObject(), .. inside.SelectMany(alternative => Alternatives(alternative, definitions))];
    }
}
