using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Whether GitHub gives what a record of ours reads. A field that isn't there wouldn't fail to be read, but silently be empty.</summary>
internal sealed class RecordFit(JsonObject definitions)
{
    public IEnumerable<string> Faults(JsonTypeInfo record, JsonNode schema) => Faults(record, [schema], "");

    private IEnumerable<string> Faults(JsonTypeInfo record, IEnumerable<JsonNode> schemas, string path)
    {
        var alternatives = schemas.SelectMany(schema => KnownFields.Alternatives(schema, definitions)).ToList();
        return record.Kind switch
        {
            JsonTypeInfoKind.Object => record.Properties
                .Where(property => property.AssociatedParameter is not null)
                .SelectMany(property => InField(record, property, [.. alternatives.Where(schema => schema["properties"] is not null)], $"{path}/{property.Name}")),
            JsonTypeInfoKind.Enumerable => Inside(record, record.ElementType!, alternatives.Select(schema => schema["items"]).OfType<JsonNode>(), $"{path}/[]"),
            _ => [],
        };
    }

    private IEnumerable<string> InField(JsonTypeInfo record, JsonPropertyInfo property, List<JsonObject> schemas, string path)
    {
        var described = schemas.Select(schema => schema["properties"]![property.Name]).OfType<JsonNode>().ToList();
        if (described.Count == 0)
        {
            return [$"{path} isn't given by GitHub"];
        }

        var mayLack = !schemas.Exists(schema => schema["required"] is JsonArray required && required.Any(name => (string)name! == property.Name))
            || described.Exists(MayBeNull);
        var inside = Inside(record, property.PropertyType, described, path);
        // A flag that GitHub leaves out is false.
        return mayLack && property.PropertyType != typeof(bool) && !property.AssociatedParameter!.IsNullable ? inside.Prepend($"{path} may be missing") : inside;
    }

    private IEnumerable<string> Inside(JsonTypeInfo record, Type type, IEnumerable<JsonNode> schemas, string path) =>
        record.Options.TryGetTypeInfo(type, out var inner) ? Faults(inner, schemas, path) : [];

    private bool MayBeNull(JsonNode schema) => KnownFields.Alternatives(schema, definitions)
        .Exists(alternative => alternative["type"] switch
        {
            JsonArray types => types.Any(type => (string?)type == "null"),
            JsonValue type => (string?)type == "null",
            _ => false,
        });
}
