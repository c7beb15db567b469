using Octokit.Internal;

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
