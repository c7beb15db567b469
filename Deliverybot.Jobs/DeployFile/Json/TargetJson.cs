using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.DeployFile.Json;

/// <summary>A target as it is kept with a wish: nothing is lost, whatever becomes of the file.</summary>
internal static class TargetJson
{
    /// <summary>Not source-generated: that sets every init-only property, and what an earlier version hadn't written must keep its default.</summary>
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters =
        {
            new TemplateConverter(),
            new AutoDeployRuleConverter(),
            new TargetNameConverter(),
            new PayloadConverter(),
            new JsonStringEnumConverter<QueueMode>(JsonNamingPolicy.SnakeCaseLower),
        },
    };

    public static string Write(Target target) => JsonSerializer.Serialize(target, Options);

    /// <exception cref="JsonException">This is no target that <see cref="Write"/> wrote.</exception>
    public static Target Read(string json) =>
        JsonSerializer.Deserialize<Target>(json, Options) ?? throw new JsonException("A target can't be null.");

    public static JsonNode? ToNode(Target target) => JsonSerializer.SerializeToNode(target, Options);
}
