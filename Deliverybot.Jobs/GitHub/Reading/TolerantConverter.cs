using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Deliverybot.Jobs.GitHub.Reading;

internal static class TolerantConverter
{
    /// <returns>Null where the field is needed.</returns>
    public static JsonConverter? For(JsonPropertyInfo property)
    {
        var type = property.PropertyType;
        if (!IsDispensable(property))
        {
            return null;
        }

        return ItemOf(type) is { } item
            ? Make(typeof(TolerantListConverter<,>).MakeGenericType(type, item))
            : Make(typeof(TolerantConverter<>).MakeGenericType(type));
    }

    private static bool IsDispensable(JsonPropertyInfo property)
    {
        var type = property.PropertyType;
        return type == typeof(bool) || type == typeof(int)
            || (type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable);
    }

    private static Type? ItemOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0]
        : null;

    private static JsonConverter Make(Type type) => (JsonConverter)Activator.CreateInstance(type)!;
}

/// <summary>Of a value that can't be used, nothing is read.</summary>
internal sealed class TolerantConverter<T> : JsonConverter<T>
{
    public override bool HandleNull => true;

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var beginning = reader;
        if (reader.TokenType != JsonTokenType.Null)
        {
            try
            {
                return JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
            }
            catch (Exception fault) when (TolerantJson.IsUnusable(fault))
            {
                reader = beginning;
                reader.Skip();
            }
        }

        return default;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
}

/// <summary>Of a list, the items that can't be used are left out.</summary>
internal sealed class TolerantListConverter<TList, TItem> : JsonConverter<TList>
    where TList : class, IReadOnlyList<TItem>
{
    private readonly TolerantConverter<TItem> _item = new();

    public override bool HandleNull => true;

    public override TList? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var items = new List<TItem>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_item.Read(ref reader, typeof(TItem), options) is { } item)
            {
                items.Add(item);
            }
        }

        // An array is the one list that any of the declared types can hold.
        return (TList)(object)items.ToArray();
    }

    public override void Write(Utf8JsonWriter writer, TList value, JsonSerializerOptions options) =>
        throw new NotSupportedException($"A {typeof(TList).Name} is read only.");
}
