using System.Text;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>The App as an OAuth client: the few routes about users' tokens ask for its id and secret.</summary>
internal sealed class OAuthClientIdentity(IOptions<GitHubOptions> options) : IGitHubIdentity
{
    public string Kind => "client";

    public ValueTask<string> AuthorizeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{options.Value.ClientSecret}")));

    public bool Discard(string authorization) => false;

    public Exception Rejected(GitHubAnswer answer) => answer.Refused();
}
