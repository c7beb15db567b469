using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Surfaces.Slack.Messages;

/// <summary>Sends answers to the address that came with a command (<see href="https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"/>).</summary>
internal sealed partial class SlackResponses(IHttpClientFactory clients, ILogger<SlackResponses> logger)
{
    /// <summary>Slack's refusal is noted, and that is all: what was asked for has been done, and pages show it.</summary>
    public async Task SendAsync(Uri address, SlackAnswer answer, bool replaces, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(SlackHttp.Name);
        using var request = SlackHttp.Post(address);
        request.Content = new StringContent(BlockKit.Write(answer, replaces).ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                Log.Refused(logger, (int)response.StatusCode);
            }
        }
        catch (HttpRequestException fault)
        {
            Log.Failed(logger, fault.HttpRequestError);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, HttpRequestError.Unknown);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack didn't take an answer: it said {Status}. Answers are taken five times, within 30 minutes.")]
        public static partial void Refused(ILogger logger, int status);

        [LoggerMessage(LogLevel.Warning, "Slack can't be reached ({Error}): an answer is lost. Check that this machine may open https connections to Slack.")]
        public static partial void Failed(ILogger logger, HttpRequestError error);
    }
}

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
