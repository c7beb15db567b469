using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>Makes JSON arrays of what a shape gives.</summary>
internal static class JsonList
{
    public static JsonArray ToJson<T>(this IEnumerable<T> items, Func<T, JsonNode?> shape) => new(items.Select(shape).ToArray());
}
