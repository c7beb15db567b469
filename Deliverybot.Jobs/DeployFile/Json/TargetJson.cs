using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deliverybot.Jobs.DeployFile.Json;

/// <summary>A target as it is kept with a wish: nothing is lost, whatever becomes of the file.</summary>
internal static class TargetJson
{
    public static string Write(Target target) => JsonSerializer.Serialize(target, TargetJsonContext.Default.Target);

    /// <exception cref="JsonException">This is no target that <see cref="Write"/> wrote.</exception>
    public static Target Read(string json) =>
        JsonSerializer.Deserialize(json, TargetJsonContext.Default.Target) ?? throw new JsonException("A target can't be null.");

    public static JsonNode? ToNode(Target target) => JsonSerializer.SerializeToNode(target, TargetJsonContext.Default.Target);
}
