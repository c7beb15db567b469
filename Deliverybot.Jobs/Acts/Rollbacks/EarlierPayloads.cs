using System.Text.Json;
using System.Text.Json.Nodes;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Acts.Rollbacks;

/// <summary>What an earlier deployment carried. Of one that others made only GitHub knows.</summary>
internal static class EarlierPayloads
{
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public static async Task<Sought<RenderedWish.Whole>> ReadAsync(Deployment earlier, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (earlier.Payload is { } payload)
        {
            return Carried(earlier, payload);
        }

        var made = earlier.GitHubId is { } id ? await github.Deployments.GetAsync(id, cancellationToken) : null;
        return made switch
        {
            null => new Sought<RenderedWish.Whole>.Missing($"GitHub has no deployment of {earlier.Sha.Short} to {earlier.Environment} any more, so nobody knows what it carried."),
            _ when ObjectOf(made.Payload) is { } carried => Carried(earlier, carried),
            _ => new Sought<RenderedWish.Whole>.Missing($"The deployment of {earlier.Sha.Short} carried a payload that is no JSON object. Whoever made it has to repeat it."),
        };
    }

    private static Sought<RenderedWish.Whole>.Found Carried(Deployment earlier, string payload) =>
        new(new RenderedWish.Whole(earlier.Environment, earlier.Description, payload));

    /// <summary>GitHub gives a payload as its maker sent it: as an object, or as text that may well be one.</summary>
    private static string? ObjectOf(JsonElement? payload) => payload switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "{}",
        { ValueKind: JsonValueKind.Object } whole => whole.GetRawText(),
        { ValueKind: JsonValueKind.String } text when text.GetString() is { } written => string.IsNullOrWhiteSpace(written) ? "{}" : ParsedObject(written),
        _ => null,
    };

    private static string? ParsedObject(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: TolerantJson.Documents) is JsonObject parsed ? parsed.ToJsonString(TolerantJson.Writing) : null;
        }
        catch (JsonException)
        {
            // Any text may be a payload.
            return null;
        }
    }
}
