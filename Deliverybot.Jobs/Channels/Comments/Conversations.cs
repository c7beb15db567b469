using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>The conversations of pull requests, by the App's own access.</summary>
internal sealed class Conversations(GitHubClients github, CommentRefusals refusals, Pauses pauses, IOptions<GitHubOptions> options)
{
    public Conversation Of(Repository repository, PullRequestNumber number) => new(
        repository,
        number,
        github.Installation(repository.InstallationId).Repository(repository.FullName).Comments,
        new GitHubLogin($"{options.Value.AppSlug}[bot]"),
        refusals,
        pauses);
}
