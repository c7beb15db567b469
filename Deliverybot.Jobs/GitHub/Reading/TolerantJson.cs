using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Deliverybot.Jobs.GitHub.Reading;

/// <summary>
/// Reads what GitHub sends. A field that a record declares as nullable isn't needed: whatever stands there that can't be used (a date
/// that no calendar has, a number where a text should be) is taken for absent, and the rest counts. So are a switch and a count, which
/// then are false and 0. What isn't nullable is needed, and without it the whole is refused.
/// </summary>
internal static class TolerantJson
{
    /// <summary>
    /// GitHub takes payloads nested a hundred deep (what Rails lets pass) and wraps them for its events; .NET would stop at 64. It isn't
    /// more, for a few libraries walk a tree by calling themselves.
    /// </summary>
    public const int Deepest = 512;

    private static readonly ConcurrentDictionary<JsonSerializerOptions, JsonSerializerOptions> Tolerant = new();

    /// <summary>For writing what was read.</summary>
    public static JsonSerializerOptions Writing { get; } = new() { MaxDepth = Deepest };

    public static JsonDocumentOptions Documents { get; } = new() { MaxDepth = Deepest };

    /// <exception cref="JsonException">It is no JSON, or lacks what is needed.</exception>
    public static T? Read<T>(byte[] json, JsonTypeInfo<T> type) => Guarded(() => JsonSerializer.Deserialize(SoundText.Of(json), TolerantTo(type)));

    /// <inheritdoc cref="Read{T}(byte[], JsonTypeInfo{T})"/>
    public static T? Read<T>(JsonElement json, JsonTypeInfo<T> type) => Guarded(() => json.Deserialize(TolerantTo(type)));

    /// <summary>What converters and the reader throw at a value that they can't use.</summary>
    public static bool IsUnusable(Exception fault) =>
        fault is JsonException or FormatException or InvalidOperationException or ArgumentException or OverflowException or NotSupportedException;

    private static T? Guarded<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not JsonException && IsUnusable(fault))
        {
            throw new JsonException(fault.Message, fault);
        }
    }

    private static JsonTypeInfo<T> TolerantTo<T>(JsonTypeInfo<T> type) =>
        (JsonTypeInfo<T>)Tolerant.GetOrAdd(type.Options, Tolerating).GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Tolerating(JsonSerializerOptions strict) => new(strict)
    {
        MaxDepth = Deepest,
        TypeInfoResolver = strict.TypeInfoResolver!.WithAddedModifier(Tolerate),
    };

    private static void Tolerate(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property is { CustomConverter: null, IsExtensionData: false }))
        {
            property.CustomConverter = TolerantConverter.For(property);
            // The serializer takes what is missing for null, also where null isn't taken.
            property.IsRequired = type.Options.RespectNullableAnnotations
                && property is { CustomConverter: null, AssociatedParameter.HasDefaultValue: false }
                && property.PropertyType != typeof(JsonElement);
        }
    }
}
