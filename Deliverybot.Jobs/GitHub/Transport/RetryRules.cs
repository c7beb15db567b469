using System.Net;
using Polly;
using Polly.Timeout;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>What is sent again at once: faults of the way or of GitHub itself, never a limit or a refusal.</summary>
internal static class RetryRules
{
    public static readonly HttpRequestOptionsKey<bool> Repeatable = new("Deliverybot.Repeatable");

    public static bool ShouldRetry(Outcome<HttpResponseMessage> outcome, HttpRequestMessage? request) =>
        outcome.Exception is HttpRequestException fault && NeverLeft(fault)
        || request?.Options.TryGetValue(Repeatable, out var repeatable) is true && repeatable && outcome switch
        {
            { Exception: HttpRequestException or TimeoutRejectedException or IOException } => true,
            { Result.StatusCode: HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } => true,
            _ => false,
        };

    /// <summary>Whether the request can't have reached GitHub, so that even a POST may be sent again.</summary>
    public static bool NeverLeft(HttpRequestException fault) =>
        fault.HttpRequestError is HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError;
}
