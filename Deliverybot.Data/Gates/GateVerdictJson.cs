using System.Text.Json.Serialization;

namespace Deliverybot.Data.Gates;

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(SentenceJson)])]
[JsonSerializable(typeof(IReadOnlyList<GateVerdict>))]
internal sealed partial class GateVerdictJson : JsonSerializerContext;
