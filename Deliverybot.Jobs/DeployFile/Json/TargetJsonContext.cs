using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.DeployFile.Json;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(TemplateConverter), typeof(AutoDeployRuleConverter), typeof(TargetNameConverter), typeof(PayloadConverter)])]
[JsonSerializable(typeof(Target))]
internal sealed partial class TargetJsonContext : JsonSerializerContext;
