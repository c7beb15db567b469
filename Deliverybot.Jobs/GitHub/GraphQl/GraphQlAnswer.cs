using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>Takes GraphQL's answer apart, which says 200 to nearly everything.</summary>
internal static class GraphQlAnswer
{
    public static T? Read<T>(GitHubTransport transport, GitHubAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        answer.EnsureSuccess();
        using var document = JsonDocument.Parse(answer.Body);
        var errors = document.RootElement.TryGetProperty("errors", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().ToArray()
            : [];
        if (errors.Any(error => TypeOf(error) is "RATE_LIMITED" or "RATE_LIMIT"))
        {
            throw transport.GraphQlLimitReached(answer.Call, WordsOf(errors));
        }

        // What can't be seen is null and an error beside it; the rest of the answer is good.
        if (errors.Any(error => TypeOf(error) is not ("NOT_FOUND" or "FORBIDDEN")))
        {
            throw new GitHubRefusedException(answer.Status, WordsOf(errors), answer.Call.ToString());
        }

        return document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? data.Deserialize(type)
            : null;
    }

    private static string? TypeOf(JsonElement error) =>
        error.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static string WordsOf(IEnumerable<JsonElement> errors) =>
        string.Join("; ", errors.Select(error => error.TryGetProperty("message", out var message) ? message.GetString() : "no words"));
}
