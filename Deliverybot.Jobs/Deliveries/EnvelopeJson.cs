using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.Deliveries;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EnvelopeFields))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;
