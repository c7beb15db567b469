using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Jobs.Events.Shapes;

namespace Deliverybot.Tests.Contracts.Webhooks;

/// <summary>The record that an event is read into: <c>check_run</c> has <see cref="CheckRunEvent"/>.</summary>
internal static class EventRecords
{
    /// <returns>Null if the event has none.</returns>
    public static JsonTypeInfo? Of(string eventName)
    {
        var name = string.Concat(eventName.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Event";
        var type = typeof(EventJson).Assembly.GetType($"{typeof(EventJson).Namespace}.{name}");
        return type is null ? null : EventJson.Default.GetTypeInfo(type);
    }

    /// <summary>The paths of the fields that a record and those inside it read, such as <c>/repository/owner/login</c>.</summary>
    public static IEnumerable<string> FieldsOf(JsonTypeInfo record, string path = "") => record.Kind switch
    {
        JsonTypeInfoKind.Object => record.Properties
            .Where(property => property.AssociatedParameter is not null)
            .SelectMany(property => FieldsOf(property.PropertyType, $"{path}/{property.Name}").Prepend($"{path}/{property.Name}")),
        JsonTypeInfoKind.Enumerable => FieldsOf(record.ElementType!, $"{path}/[]"),
        _ => [],
    };

    /// <summary>The fields without which an event would be misread: those that the record can't do without, and the event doesn't have.</summary>
    public static IEnumerable<string> MissingFrom(JsonElement value, JsonTypeInfo? record, string path = "") => (record?.Kind, value.ValueKind) switch
    {
        (JsonTypeInfoKind.Object, JsonValueKind.Object) => record!.Properties
            .Where(property => property.AssociatedParameter is not null)
            .SelectMany(property => MissingFrom(value, property, $"{path}/{property.Name}")),
        (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => value.EnumerateArray()
            .SelectMany(item => MissingFrom(item, EventJson.Default.GetTypeInfo(record!.ElementType!), $"{path}/[]")),
        _ => [],
    };

    private static IEnumerable<string> MissingFrom(JsonElement parent, JsonPropertyInfo property, string path) =>
        parent.TryGetProperty(property.Name, out var value) ? MissingFrom(value, EventJson.Default.GetTypeInfo(property.PropertyType), path)
        : property.AssociatedParameter!.IsNullable ? []
        : [path];

    private static IEnumerable<string> FieldsOf(Type type, string path) =>
        EventJson.Default.GetTypeInfo(type) is { } inner ? FieldsOf(inner, path) : [];
}
