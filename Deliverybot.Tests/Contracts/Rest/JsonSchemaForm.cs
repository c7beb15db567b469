using System.Text.Json.Nodes;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>
/// Turns the schemas of OpenAPI 3.0 into JSON Schema, which has no <c>nullable</c>
/// (<see href="https://spec.openapis.org/oas/v3.0.3#schema-object"/>).
/// </summary>
internal static class JsonSchemaForm
{
    private const string Shared = "#/components/schemas/";

    public static JsonNode Of(JsonNode schema)
    {
        var form = schema.DeepClone();
        Change(form);
        return form;
    }

    private static void Change(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    Change(item);
                }

                break;
            case JsonObject schema:
                foreach (var (_, value) in schema.ToList())
                {
                    Change(value);
                }

                ChangeKeywords(schema);
                break;
        }
    }

    private static void ChangeKeywords(JsonObject schema)
    {
        if (schema["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target))
        {
            schema["$ref"] = target.Replace(Shared, "#/definitions/", StringComparison.Ordinal);
        }

        // GitHub's alternatives overlap (a public user is a private one with less in it), so that several may fit.
        if (schema["oneOf"] is JsonArray alternatives)
        {
            schema.Remove("oneOf");
            schema["anyOf"] = alternatives;
        }

        if (schema["nullable"] is JsonValue nullable && nullable.TryGetValue<bool>(out var isNullable) && isNullable)
        {
            schema.Remove("nullable");
            AllowNull(schema);
        }
    }

    private static void AllowNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        }

        (schema["enum"] as JsonArray)?.Add((JsonNode?)null);
        (schema["anyOf"] as JsonArray)?.Add(new JsonObject { ["type"] = "null" });
    }
}
