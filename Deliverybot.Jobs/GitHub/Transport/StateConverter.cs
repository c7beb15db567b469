using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// GitHub's words for a state, as REST (<c>in_progress</c>) or GraphQL (<c>IN_PROGRESS</c>) writes them. Any other word, one that GitHub
/// adds later or one that a person has chosen, is read as the enumeration's first member.
/// </summary>
internal sealed class StateConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Words = Enum.GetValues<T>()
        .SelectMany(value => new[] { (Word: WordOf(value), Value: value), (Word: WordOf(value).ToUpperInvariant(), Value: value) })
        .ToFrozenDictionary(pair => pair.Word, pair => pair.Value, StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? Words.GetValueOrDefault(text) : default;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(WordOf(value));

    private static string WordOf(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
