using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>
/// Tells a pull request, once, that its commits would perhaps be deployed if <c>deploy.yml</c> could be read; and, in the same
/// comment, when it can be read again.
/// </summary>
internal sealed class BrokenRules(KeptComments comments, TimeProvider time)
{
    /// <summary>No target can be called so, for the commit status about the file is.</summary>
    private static readonly TargetName Kind = new("config");

    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task TellAsync(Repository repository, PullRequestNumber number, DeployFileState file, CancellationToken cancellationToken)
    {
        if (file is DeployFileState.Absent or DeployFileState.Workflow)
        {
            return;
        }

        await using var turn = await comments.TakeTurnAsync(repository.Id, number, Kind, cancellationToken);
        if (file.Fault is { } fault)
        {
            await KeepAsync(
                repository,
                number,
                $"❌ **Nothing is deployed by itself.**\n\n> {GitHubMarkdown.Plain(fault)}\n\nRules come from {GitHubMarkdown.Code(repository.DefaultBranch)}: with the next commit after that is mended there, it goes on.",
                cancellationToken);
        }
        else if (await comments.FindAsync(repository.Id, number, Kind, cancellationToken) is not null)
        {
            await KeepAsync(repository, number, $"✅ `{DeployFiles.Path}` of {GitHubMarkdown.Code(repository.DefaultBranch)} is sound again.", cancellationToken);
        }
    }

    private Task KeepAsync(Repository repository, PullRequestNumber number, string markdown, CancellationToken cancellationToken) =>
        comments.KeepAsync(repository, number, Kind, CommentMark.OfBrokenRules, markdown, time.GetUtcNow(), cancellationToken);
}
