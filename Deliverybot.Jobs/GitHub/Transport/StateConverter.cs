using System.Text.Json;
using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>GitHub's words for a state (<c>in_progress</c>, <c>IN_PROGRESS</c>). A word it adds later is read as the enumeration's first member.</summary>
internal sealed class StateConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString()?.Replace("_", "", StringComparison.Ordinal);
        return Enum.TryParse<T>(text, ignoreCase: true, out var state) ? state : default;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
}
