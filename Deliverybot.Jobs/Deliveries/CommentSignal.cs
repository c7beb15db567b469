using System.Text.Json;
using Deliverybot.Jobs.Commands;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>Tells the few comments that are commands from all others, without asking anybody.</summary>
internal static class CommentSignal
{
    public static bool MayBeCommand(EnvelopeFields fields) =>
        EnvelopeFields.Text(fields.Action) is "created"
        && Field(fields.Issue, "pull_request") is { ValueKind: JsonValueKind.Object }
        && EnvelopeFields.Text(Field(Field(fields.Comment, "user"), "type")) is not "Bot"
        && Field(fields.Comment, "performed_via_github_app") is not { ValueKind: JsonValueKind.Object }
        && CommandGrammar.Read(EnvelopeFields.Text(Field(fields.Comment, "body"))) is not CommandReading.Other;

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : default;
}
