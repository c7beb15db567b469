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
