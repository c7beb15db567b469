using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Reading;
using Npgsql;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// The few fields that decide where a webhook goes. GitHub adds fields and Enterprise Server lacks some, so nothing is required
/// (<see href="https://docs.github.com/en/webhooks/webhook-events-and-payloads"/>).
/// </summary>
/// <param name="Repository">Where it happened.</param>
/// <param name="Installation">Through which the App hears of it.</param>
/// <param name="Check">The check that it tells of.</param>
/// <param name="LeadsToNothing">No handler is there for it, or for this action of it; or people talk.</param>
/// <param name="SignedAt">When it happened, by the newest of the times that GitHub has signed with it; null where that doesn't matter, or can't be told.</param>
public readonly record struct DeliveryEnvelope(
    RepositoryId? Repository, InstallationId? Installation, CheckSignal? Check, bool LeadsToNothing = false, DateTimeOffset? SignedAt = null)
{
    /// <summary>Reads the envelope of an event; false where the body is no JSON object.</summary>
    internal static bool TryRead(Route? route, byte[] body, out DeliveryEnvelope envelope)
    {
        try
        {
            var fields = TolerantJson.Read(body, EnvelopeJson.Default.EnvelopeFields);
            envelope = fields is null ? default : From(route, fields);
            return fields is not null;
        }
        catch (JsonException)
        {
            envelope = default;
            return false;
        }
    }

    private static DeliveryEnvelope From(Route? route, EnvelopeFields fields) => new(
        fields.Repository?.Number is { } repository ? new RepositoryId(repository) : null,
        fields.Installation?.Number is { } installation ? new InstallationId(installation) : null,
        route?.Check(fields),
        LeadsToNothing: route?.Wants(fields) is not true,
        route?.SignedAt(fields));
}

/// <summary>A status, check run or check suite event: of which commit, and whether it has ended (one that goes on can open no gate).</summary>
public readonly record struct CheckSignal(CommitSha Sha, bool Ended)
{
    internal static CheckSignal? OfStatus(EnvelopeFields fields) => Of(fields.Sha, ended: EnvelopeFields.Text(fields.State) is not "pending");

    internal static CheckSignal? OfRun(EnvelopeFields fields) => Of(fields.CheckRun?.HeadSha, IsCompleted(fields));

    internal static CheckSignal? OfSuite(EnvelopeFields fields) => Of(fields.CheckSuite?.HeadSha, IsCompleted(fields));

    private static bool IsCompleted(EnvelopeFields fields) => EnvelopeFields.Text(fields.Action) is "completed";

    private static CheckSignal? Of(JsonElement? sha, bool ended) =>
        sha is { } text && CommitSha.TryParse(EnvelopeFields.Text(text), out var commit) ? new CheckSignal(commit, ended) : null;
}

/// <summary>An event we don't know may use these names for anything, so what stands there is read only if it is what we look for.</summary>
internal sealed record EnvelopeFields(
    JsonElement Action,
    JsonElement Sha,
    JsonElement State,
    EnvelopeFields.Home? Repository,
    EnvelopeFields.Identified? Installation,
    EnvelopeFields.Headed? CheckRun,
    EnvelopeFields.Headed? CheckSuite,
    JsonElement Issue,
    JsonElement Comment,
    EnvelopeFields.Dated? PullRequest,
    EnvelopeFields.Dated? Release,
    EnvelopeFields.Dated? Deployment,
    EnvelopeFields.Dated? DeploymentStatus)
{
    public static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static long? Whole(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : null;

    internal sealed record Identified(JsonElement Id)
    {
        public long? Number => Whole(Id);
    }

    internal sealed record Home(JsonElement Id, JsonElement PushedAt, JsonElement UpdatedAt)
    {
        public long? Number => Whole(Id);
    }

    internal sealed record Dated(JsonElement CreatedAt, JsonElement UpdatedAt, JsonElement PublishedAt);

    internal sealed record Headed(JsonElement HeadSha);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EnvelopeFields))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;

/// <summary>
/// Tells an event that can't matter from the rest: at most one indexed look-up, no row, no job.
/// A wish is committed as waiting before it is first tried, so an event that could open its gate always finds it.
/// </summary>
public sealed class DeliveryRelevance(AwaitedCommits awaited)
{
    public async ValueTask<bool> MattersAsync(DeliveryEnvelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.LeadsToNothing)
        {
            return false;
        }

        if (envelope is not { Check: { } check, Repository: { } repository })
        {
            return true;
        }

        return check.Ended && await IsAwaitedAsync(repository, check.Sha, cancellationToken);
    }

    private async Task<bool> IsAwaitedAsync(RepositoryId repository, CommitSha sha, CancellationToken cancellationToken)
    {
        try
        {
            return await awaited.ContainAsync(repository, sha, cancellationToken);
        }
        catch (NpgsqlException outage) when (outage.IsTransient)
        {
            // It may matter; whoever stores it waits until the database is back, or tells GitHub.
            return true;
        }
    }
}
