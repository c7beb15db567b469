using Deliverybot.Data;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Markup;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Rules;

/// <summary>
/// Tells a pull request, once, that its commits would perhaps be deployed if <c>deploy.yml</c> could be read; and, in the same
/// comment, when it can be read again.
/// </summary>
internal sealed class BrokenRules(KeptComments comments, TimeProvider time)
{
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task TellAsync(Repository repository, PullRequestNumber number, DeployFileState file, CancellationToken cancellationToken)
    {
        if (file is DeployFileState.Absent or DeployFileState.Workflow)
        {
            return;
        }

        await using var writing = await comments.TakeToWriteAsync(repository.Id, number, CommentKind.Rules, cancellationToken);
        if (file.Fault is { } fault)
        {
            await KeepAsync(
                repository,
                number,
                $"❌ **Nothing is deployed by itself.**\n\n> {GitHubMarkdown.Plain(fault)}\n\nRules come from {GitHubMarkdown.Code(repository.DefaultBranch)}: with the next commit after that is mended there, it goes on.",
                cancellationToken);
        }
        else if (await comments.FindAsync(repository.Id, number, CommentKind.Rules, cancellationToken) is not null)
        {
            await KeepAsync(repository, number, $"✅ `{DeployFiles.Path}` of {GitHubMarkdown.Code(repository.DefaultBranch)} is sound again.", cancellationToken);
        }
    }

    private Task<bool> KeepAsync(Repository repository, PullRequestNumber number, string markdown, CancellationToken cancellationToken) =>
        comments.KeepAsync(repository, number, CommentKind.Rules, markdown, time.GetUtcNow(), cancellationToken);
}

/// <summary>Tells a pull request that nothing is deployed by itself, or that it is again, where GitHub couldn't take that before.</summary>
[StoredAs("Deliverybot.Jobs.PullRequests.TellBrokenRulesJob")]
internal sealed class TellBrokenRulesJob(DeliverybotContext db, GitHubClients github, DeployFiles files, BrokenRules broken)
{
    [JobTitle("Whether pull request {1} could be deployed by itself")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800], ExceptOn = [typeof(RetryLaterException)])]
    public async Task RunAsync(long repository, int number, CancellationToken cancellationToken)
    {
        var id = new RepositoryId(repository);
        if (await db.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
        {
            var client = github.Installation(known.InstallationId).Repository(known.FullName);
            var file = await files.ReadAsync(client, GitRef.Branch(known.DefaultBranch), cancellationToken);
            await broken.TellAsync(known, new PullRequestNumber(number), file, cancellationToken);
        }
    }
}
