namespace Deliverybot.Jobs.Surfaces.Slack.Messages;

/// <summary>The way to Slack's answer addresses. Whoever knows such an address can write into the channel: it is in no log and no trace.</summary>
internal static class SlackHttp
{
    /// <summary>The name under which the client is registered.</summary>
    public const string Name = "Slack";

    private static readonly HttpRequestOptionsKey<bool> Secret = new("Deliverybot.SecretAddress");

    public static HttpRequestMessage Post(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Options.Set(Secret, true);
        return request;
    }

    public static bool HasSecretAddress(HttpRequestMessage request) => request.Options.TryGetValue(Secret, out var secret) && secret;
}
