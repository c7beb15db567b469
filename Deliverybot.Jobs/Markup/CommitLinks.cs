using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.Markup;

/// <summary>Commits as comments name them.</summary>
internal sealed class CommitLinks(IOptions<GitHubOptions> options)
{
    public string Of(RepositoryName repository, CommitSha sha)
    {
        var address = new Uri(GitHubAddresses.Of(options.Value.Url).Web, $"{repository}/commit/{sha}");
        return GitHubMarkdown.Link(GitHubMarkdown.Code(sha.Short), address.AbsoluteUri) ?? GitHubMarkdown.Code(sha.Short);
    }
}
