using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>What GitHub answered, when it did answer: anything but a fault of its own, a rate limit or a rejected token.</summary>
internal sealed record GitHubAnswer(GitHubCall Call, HttpStatusCode Status, string Body, Uri? NextPage)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>GitHub's <c>message</c>, with the details of its <c>errors</c> where it gives any.</summary>
    public string Message => GitHubMessage.Of(Body) ?? $"no words, only the status {(int)Status}";

    public T Read<T>(JsonTypeInfo<T> type)
    {
        EnsureSuccess();
        return JsonSerializer.Deserialize(Body, type)
            ?? throw new JsonException($"GitHub answered {Call} with null.");
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
