using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.DeployFile.Json;

internal sealed class TargetNameConverter : JsonConverter<TargetName>
{
    public override TargetName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A target's name can't be null."));

    public override void Write(Utf8JsonWriter writer, TargetName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
