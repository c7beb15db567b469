using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;

namespace Deliverybot.Data.Gates;

/// <summary>A sentence as it is kept, with its people.</summary>
internal sealed class SentenceJson : JsonConverter<Sentence>
{
    public override Sentence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Sentence.Read(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Sentence value, JsonSerializerOptions options) => writer.WriteStringValue(value.Kept);
}
