using System.Text.Json;
using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.DeployFile.Json;

internal sealed class AutoDeployRuleConverter : JsonConverter<AutoDeployRule>
{
    public override AutoDeployRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AutoDeployRule.TryParse(reader.GetString() ?? "", out var fault) ?? throw new JsonException(fault);

    public override void Write(Utf8JsonWriter writer, AutoDeployRule value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
