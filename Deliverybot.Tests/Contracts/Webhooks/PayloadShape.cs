using System.Text.Json;

namespace Deliverybot.Tests.Contracts.Webhooks;

/// <summary>What is common to several JSON values: which fields they have, and of which kinds these are.</summary>
internal sealed class PayloadShape
{
    private readonly SortedDictionary<string, PayloadShape> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<JsonValueKind> _kinds = [];
    private PayloadShape? _items;
    private int _seen;
    private int _objects;

    public static PayloadShape Of(IEnumerable<JsonElement> values)
    {
        var shape = new PayloadShape();
        foreach (var value in values)
        {
            shape.Learn(value);
        }

        return shape;
    }

    /// <param name="path">Such as <c>/commits/[]/id</c>.</param>
    public bool Has(string path)
    {
        var found = this;
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = step == "[]" ? found?._items : found?._fields.GetValueOrDefault(step);
        }

        return found is not null;
    }

    /// <summary>The fields that all the others have and this value lacks, and those that are of another kind.</summary>
    public IEnumerable<string> Faults(JsonElement value, string path = "")
    {
        var kind = KindOf(value);
        return kind == JsonValueKind.Null || _kinds.All(known => known == JsonValueKind.Null) ? []
            : !_kinds.Contains(kind) ? [$"{path} is {kind}, at GitHub {string.Join(" or ", _kinds.Order())}"]
            : kind switch
            {
                JsonValueKind.Object => [.. Missing(value, path), .. value.EnumerateObject().SelectMany(field => InField(field, path))],
                JsonValueKind.Array => value.EnumerateArray().SelectMany(item => _items?.Faults(item, $"{path}/[]") ?? []),
                _ => [],
            };
    }

    private IEnumerable<string> Missing(JsonElement value, string path) => _fields
        .Where(field => field.Value._seen == _objects && !value.TryGetProperty(field.Key, out _))
        .Select(field => $"{path}/{field.Key} is missing");

    private IEnumerable<string> InField(JsonProperty field, string path) =>
        _fields.GetValueOrDefault(field.Name)?.Faults(field.Value, $"{path}/{field.Name}") ?? [];

    private void Learn(JsonElement value)
    {
        _seen++;
        _kinds.Add(KindOf(value));
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                _objects++;
                foreach (var field in value.EnumerateObject())
                {
                    Inside(field.Name).Learn(field.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    (_items ??= new PayloadShape()).Learn(item);
                }

                break;
        }
    }

    private PayloadShape Inside(string name) => _fields.TryGetValue(name, out var shape) ? shape : _fields[name] = new PayloadShape();

    private static JsonValueKind KindOf(JsonElement value) => value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
}
