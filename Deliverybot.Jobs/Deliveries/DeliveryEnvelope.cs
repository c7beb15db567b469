using System.Text.Json;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Deliveries;

/// <summary>
/// The few fields that decide where a webhook goes. GitHub adds fields and Enterprise Server lacks some, so nothing is required
/// (<see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads"/>).
/// </summary>
/// <param name="Repository">Where it happened.</param>
/// <param name="Installation">Through which the App hears of it.</param>
/// <param name="Check">The check that it tells of.</param>
/// <param name="IsTalk">A comment that is no command: people talk, and that is nothing to us.</param>
public readonly record struct DeliveryEnvelope(RepositoryId? Repository, InstallationId? Installation, CheckSignal? Check, bool IsTalk = false)
{
    /// <summary>Reads the envelope of an event; false where the body is no JSON object.</summary>
    public static bool TryRead(string eventName, ReadOnlySpan<byte> body, out DeliveryEnvelope envelope)
    {
        try
        {
            var fields = JsonSerializer.Deserialize(body, EnvelopeJson.Default.EnvelopeFields);
            envelope = fields is null ? default : From(eventName, fields);
            return fields is not null;
        }
        catch (JsonException)
        {
            envelope = default;
            return false;
        }
    }

    private static DeliveryEnvelope From(string eventName, EnvelopeFields fields) => new(
        fields.Repository?.Number is { } repository ? new RepositoryId(repository) : null,
        fields.Installation?.Number is { } installation ? new InstallationId(installation) : null,
        eventName switch
        {
            "status" => Signal(fields.Sha, ended: EnvelopeFields.Text(fields.State) is not "pending"),
            "check_run" => Signal(fields.CheckRun?.HeadSha, ended: EnvelopeFields.Text(fields.Action) is "completed"),
            "check_suite" => Signal(fields.CheckSuite?.HeadSha, ended: EnvelopeFields.Text(fields.Action) is "completed"),
            _ => null,
        },
        eventName is "issue_comment" && !CommentSignal.MayBeCommand(fields));

    private static CheckSignal? Signal(JsonElement? sha, bool ended) =>
        sha is { } text && CommitSha.TryParse(EnvelopeFields.Text(text), out var commit) ? new CheckSignal(commit, ended) : null;
}
