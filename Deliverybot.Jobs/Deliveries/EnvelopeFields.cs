using System.Text.Json;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>An event we don't know may use these names for anything, so what stands there is read only if it is what we look for.</summary>
internal sealed record EnvelopeFields(
    JsonElement Action,
    JsonElement Sha,
    JsonElement State,
    EnvelopeFields.Identified? Repository,
    EnvelopeFields.Identified? Installation,
    EnvelopeFields.Headed? CheckRun,
    EnvelopeFields.Headed? CheckSuite,
    JsonElement Issue,
    JsonElement Comment)
{
    public static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    internal sealed record Identified(JsonElement Id)
    {
        public long? Number => Id.ValueKind == JsonValueKind.Number && Id.TryGetInt64(out var number) ? number : null;
    }

    internal sealed record Headed(JsonElement HeadSha);
}
