using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Octokit;
using Octokit.Internal;
using Polly;
using Polly.Timeout;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// Octokit's way over HTTP (redirects of renamed repositories, links, rate limits, ETags) on our own handlers. Octokit's
/// <c>Connection</c> isn't used above it: it can't cancel a PUT or DELETE, and makes an exception of each 409 and 404.
/// </summary>
internal sealed class GitHubHttp(IHttpMessageHandlerFactory handlers) : HttpClientAdapter(() => handlers.CreateHandler(Name))
{
    /// <summary>The name under which the handlers are registered.</summary>
    public const string Name = "GitHub";

    protected override HttpRequestMessage BuildRequestMessage(IRequest request)
    {
        var message = base.BuildRequestMessage(request);
        message.Options.Set(RetryRules.Repeatable, request is GitHubRequest { Call.Repeatable: true });
        return message;
    }
}

/// <summary>Octokit's request, which also remembers what it was made of.</summary>
internal sealed class GitHubRequest(GitHubCall call) : Request
{
    public GitHubCall Call { get; } = call;
}

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

/// <summary>Reads the answer to its end within the attempt, so that one cut off half-way is a fault like any other, and retried.</summary>
internal sealed class BufferingHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}

/// <summary>Takes away headers that Octokit would throw at: what a proxy answers in GitHub's place may be anything, and none of them is needed.</summary>
internal sealed partial class SoundHeadersHandler : DelegatingHandler
{
    private static readonly string[] Counts = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var headers = response.Headers;
        if (headers.TryGetValues("Link", out var links) && !links.All(link => Addresses().Matches(link).All(address => Uri.IsWellFormedUriString(address.Groups[1].Value, UriKind.Absolute))))
        {
            headers.Remove("Link");
        }

        foreach (var name in Counts)
        {
            if (headers.TryGetValues(name, out var values) && !values.All(IsCount))
            {
                headers.Remove(name);
            }
        }

        return response;
    }

    private static bool IsCount(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    [GeneratedRegex("<([^>]*)>")]
    private static partial Regex Addresses();
}

internal static class ResponseHeaders
{
    public static string? HeaderOf(this IResponse response, string name) =>
        response.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>By the clock of whoever answered.</summary>
    public static DateTimeOffset? DateOf(this IResponse response) =>
        DateTimeOffset.TryParseExact(response.HeaderOf("date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
