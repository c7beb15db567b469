using System.Text.Json.Serialization;

namespace Deliverybot.Data.Gates;

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<GateVerdict>))]
internal sealed partial class GateVerdictJson : JsonSerializerContext;
