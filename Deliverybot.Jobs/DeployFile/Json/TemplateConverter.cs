using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile.Json;

internal sealed class TemplateConverter : JsonConverter<Template>
{
    public override Template Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Template.TryParse(reader.GetString() ?? "", out var template, out var faults) ? template : throw new JsonException(faults[0].Message);

    public override void Write(Utf8JsonWriter writer, Template value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
