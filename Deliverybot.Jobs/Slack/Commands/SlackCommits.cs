using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.Slack.Messages;

namespace Deliverybot.Jobs.Slack.Commands;

/// <summary>
/// Finds the commit behind <c>@main</c>, <c>@refs/tags/v1</c> or <c>@1a2b3c4</c>. A commit that is named by itself has to be one of
/// the default branch: GitHub shows those of forks under the same address.
/// </summary>
internal static class SlackCommits
{
    /// <returns>Null if there is none.</returns>
    public static async Task<ChosenCommit?> FindAsync(string? named, RepositoryChoice.Found found, CancellationToken cancellationToken)
    {
        if (found.Info.DefaultBranch is not { } branch)
        {
            return null;
        }

        var resolved = named is null
            ? await found.GitHub.Refs.HeadAsync(branch, cancellationToken) is { } head ? new ResolvedRef(head, branch) : null
            : await found.GitHub.Refs.ResolveAsync(named, cancellationToken);
        return resolved is null ? null : new ChosenCommit(resolved.Sha, resolved.Ref ?? branch);
    }

    public static SlackAnswer Unknown(string? named, RepositoryName repository) => named is null
        ? SlackAnswer.Refusal(Mrkdwn.Of($":grey_question: {repository} has no commits"), "Its default branch is empty.")
        : SlackAnswer.Refusal(
            Mrkdwn.Of($":grey_question: {repository} has no {named}"),
            "There is no branch, tag or commit of that name.",
            Mrkdwn.Of($"Write it like {"@main"}, {"@refs/tags/v1"} or {"@1a2b3c4"}."));
}
