using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>What GitHub answered, when it did answer: anything but a fault of its own, a rate limit or a rejected token.</summary>
/// <param name="Call">What was asked.</param>
/// <param name="Status">HTTP's status.</param>
/// <param name="Body">JSON, as a rule.</param>
/// <param name="NextPage">Where the list goes on.</param>
/// <param name="At">By GitHub's clock.</param>
internal sealed record GitHubAnswer(GitHubCall Call, HttpStatusCode Status, string Body, Uri? NextPage, DateTimeOffset? At = null)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>That there is no such thing, or none for the caller, but not in GitHub's words: a proxy on the way says so, or a wrong address.</summary>
    public bool IsMissingByHearsay => Status == HttpStatusCode.NotFound && GitHubMessage.Of(Body) is null;

    /// <summary>GitHub's <c>message</c>, with the details of its <c>errors</c> where it gives any.</summary>
    public string Message => GitHubMessage.Of(Body) ?? $"no words, only the status {(int)Status}";

    /// <exception cref="UnreadableAnswerException">It lacks what is needed of it.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        EnsureSuccess();
        try
        {
            return TolerantJson.Read(Encoding.UTF8.GetBytes(Body), type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException fault)
        {
            throw new UnreadableAnswerException(Call.ToString(), fault);
        }
    }

    /// <summary>Null where GitHub knows no such thing, or won't tell us that it does.</summary>
    public T? ReadUnlessMissing<T>(JsonTypeInfo<T> type)
        where T : class =>
        Status == HttpStatusCode.NotFound ? null : Read(type);

    public void EnsureSuccess()
    {
        if (!IsSuccess)
        {
            throw Refused();
        }
    }

    public GitHubRefusedException Refused() => new(Status, Message, Call.ToString());
}

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
