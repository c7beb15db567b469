using System.Net;
using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>What GitHub made of the wish for a deployment.</summary>
internal abstract record DeploymentCreation
{
    private DeploymentCreation()
    {
    }

    public abstract T Match<T>(
        Func<Created, T> created, Func<Merged, T> merged, Func<ContextsUnmet, T> unmet, Func<MergeConflict, T> conflict, Func<Refused, T> refused);

    /// <param name="Id">GitHub's number of it.</param>
    /// <param name="Sha">The commit that GitHub resolved, which may not be the one we had in mind.</param>
    /// <param name="CreatedAt">By GitHub's clock, where it tells.</param>
    public sealed record Created(GitHubDeploymentId Id, CommitSha Sha, DateTimeOffset? CreatedAt) : DeploymentCreation
    {
        public override T Match<T>(
            Func<Created, T> created, Func<Merged, T> merged, Func<ContextsUnmet, T> unmet, Func<MergeConflict, T> conflict, Func<Refused, T> refused) => created(this);
    }

    /// <summary>GitHub merged the default branch first and made no deployment: the merge commit's push is to come.</summary>
    public sealed record Merged(string Message) : DeploymentCreation
    {
        public override T Match<T>(
            Func<Created, T> created, Func<Merged, T> merged, Func<ContextsUnmet, T> unmet, Func<MergeConflict, T> conflict, Func<Refused, T> refused) => merged(this);
    }

    /// <summary>Required contexts aren't good (yet).</summary>
    public sealed record ContextsUnmet(IReadOnlyList<UnmetContext>? Contexts, string Message) : DeploymentCreation
    {
        public override T Match<T>(
            Func<Created, T> created, Func<Merged, T> merged, Func<ContextsUnmet, T> unmet, Func<MergeConflict, T> conflict, Func<Refused, T> refused) => unmet(this);
    }

    /// <summary>The default branch can't be merged into the ref.</summary>
    public sealed record MergeConflict(string Message) : DeploymentCreation
    {
        public override T Match<T>(
            Func<Created, T> created, Func<Merged, T> merged, Func<ContextsUnmet, T> unmet, Func<MergeConflict, T> conflict, Func<Refused, T> refused) => conflict(this);
    }

    /// <summary>Anything else that GitHub says no to, in its words.</summary>
    public sealed record Refused(HttpStatusCode Status, string Message) : DeploymentCreation
    {
        public override T Match<T>(
            Func<Created, T> created, Func<Merged, T> merged, Func<ContextsUnmet, T> unmet, Func<MergeConflict, T> conflict, Func<Refused, T> refused) => refused(this);
    }
}

/// <summary>A context that GitHub names where it refuses for the sake of some: also those that are good.</summary>
/// <param name="Name">Of the commit status or check run.</param>
/// <param name="State">In GitHub's words, such as <c>pending</c>, <c>failure</c> or <c>success</c>; <c>missing</c> where it names none.</param>
internal sealed record UnmetContext(string Name, string State);

/// <summary>The little that is read of GitHub's answer to a creation.</summary>
internal sealed record CreatedDeployment(GitHubDeploymentId Id, CommitSha Sha, DateTimeOffset? CreatedAt);

/// <summary>Tells apart what GitHub's 409 can mean; only the body says which.</summary>
internal static class DeploymentConflict
{
    public static DeploymentCreation Read(GitHubAnswer answer)
    {
        var contexts = ContextsIn(answer.Body);
        if (contexts is not null || answer.Message.Contains("status checks failed", StringComparison.OrdinalIgnoreCase))
        {
            return new DeploymentCreation.ContextsUnmet(contexts, answer.Message);
        }

        return IsOfMerge(answer.Message)
            ? new DeploymentCreation.MergeConflict(answer.Message)
            : new DeploymentCreation.Refused(HttpStatusCode.Conflict, answer.Message);
    }

    /// <summary>Whether GitHub says that the default branch can't be merged into what was to be deployed.</summary>
    public static bool IsOfMerge(string message) =>
        message.StartsWith("Conflict merging", StringComparison.OrdinalIgnoreCase) || message.Contains("merge conflict", StringComparison.OrdinalIgnoreCase);

    private static List<UnmetContext>? ContextsIn(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, TolerantJson.Documents);
            return Property(document.RootElement, "errors") is { ValueKind: JsonValueKind.Array } errors
                ? errors.EnumerateArray().Select(ContextsIn).FirstOrDefault(contexts => contexts is not null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<UnmetContext>? ContextsIn(JsonElement error) =>
        Property(error, "contexts") is { ValueKind: JsonValueKind.Array } contexts
            ? [.. contexts.EnumerateArray().Select(Context).OfType<UnmetContext>()]
            : null;

    private static UnmetContext? Context(JsonElement context) =>
        context.ValueKind == JsonValueKind.String ? new UnmetContext(context.GetString()!, "missing")
        : Property(context, "context")?.GetString() is { } name ? new UnmetContext(name, Property(context, "state")?.GetString() ?? "missing")
        : null;

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
