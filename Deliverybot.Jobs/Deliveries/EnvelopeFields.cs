using System.Text.Json.Serialization;

namespace Deliverybot.Jobs.Deliveries;

internal sealed record EnvelopeFields(
    string? Action,
    string? Sha,
    string? State,
    EnvelopeFields.Identified? Repository,
    EnvelopeFields.Identified? Installation,
    EnvelopeFields.Headed? CheckRun,
    EnvelopeFields.Headed? CheckSuite)
{
    internal sealed record Identified(long? Id);

    internal sealed record Headed(string? HeadSha);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EnvelopeFields))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;
