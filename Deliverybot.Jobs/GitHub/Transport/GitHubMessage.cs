using System.Text.Json;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Reads the words of an error: <see href="https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api"/>.</summary>
internal static class GitHubMessage
{
    public static string? Of(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, TolerantJson.Documents);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Of(document.RootElement) : null;
        }
        catch (JsonException)
        {
            // A proxy on the way answers in HTML.
            return null;
        }
    }

    private static string? Of(JsonElement error)
    {
        if (!error.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var details = error.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
            ? string.Join("; ", errors.EnumerateArray().Select(Detail).Where(detail => detail.Length > 0))
            : "";
        return details.Length == 0 ? message.GetString() : $"{message.GetString()} ({details})";
    }

    private static string Detail(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            return error.GetString() ?? "";
        }

        if (error.ValueKind != JsonValueKind.Object || error.TryGetProperty("contexts", out _))
        {
            return "";
        }

        return Text(error, "message") ?? string.Join(' ', new[] { Text(error, "field"), Text(error, "code") }.OfType<string>());
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
