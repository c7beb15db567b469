using System.Net;
using System.Text.Json;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>Tells apart what GitHub's 409 can mean; only the body says which.</summary>
internal static class DeploymentConflict
{
    public static DeploymentCreation Read(GitHubAnswer answer)
    {
        var contexts = ContextsIn(answer.Body);
        if (contexts is not null || answer.Message.Contains("status checks failed", StringComparison.OrdinalIgnoreCase))
        {
            return new DeploymentCreation.ContextsUnmet(contexts ?? [], answer.Message);
        }

        return answer.Message.StartsWith("Conflict merging", StringComparison.OrdinalIgnoreCase)
            || answer.Message.Contains("merge conflict", StringComparison.OrdinalIgnoreCase)
                ? new DeploymentCreation.MergeConflict(answer.Message)
                : new DeploymentCreation.Refused(HttpStatusCode.Conflict, answer.Message);
    }

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
