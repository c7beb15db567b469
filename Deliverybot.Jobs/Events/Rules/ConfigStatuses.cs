using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Links;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Events.Rules;

/// <summary>Tells a commit that changes <c>deploy.yml</c> whether the file is sound.</summary>
internal sealed partial class ConfigStatuses(SiteLinks links, Pauses pauses, ILogger<ConfigStatuses> logger)
{
    private const string Context = "deliverybot/config";

    /// <summary>Of a workflow nobody has asked us, so nothing is said.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task WriteAsync(RepositoryClient github, RepositoryId repository, CommitSha sha, DeployFileState file, CancellationToken cancellationToken)
    {
        if (file.AtCommit is not var (isGood, text))
        {
            return;
        }

        var status = new NewCommitStatus(isGood ? CommitState.Success : CommitState.Failure, Context, DescriptionLength.Cut(text), links.Config(github.Name));

        try
        {
            await pauses.UnlessPausedAsync(
                repository, Pauses.Statuses, () => github.CommitStatuses.CreateAsync(sha, status, cancellationToken));
        }
        catch (GitHubRefusedException refused)
        {
            Log.Refused(logger, sha.Short, github.Name, (int)refused.Status, refused.Words);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "GitHub refused the commit status deliverybot/config on {Sha} of {Repository} with {Status}: {Words}. Check that the App has the permission \"Commit statuses: write\" and that its installation has accepted it.")]
        public static partial void Refused(ILogger logger, string sha, RepositoryName repository, int status, string words);
    }
}

/// <summary>Tells a commit whether its <c>deploy.yml</c> is sound, where GitHub couldn't take that before.</summary>
[StoredAs("Deliverybot.Jobs.Statuses.WriteConfigStatusJob")]
internal sealed class WriteConfigStatusJob(KnownRepositories repositories, GitHubClients github, DeployFiles files, ConfigStatuses statuses)
{
    [JobTitle("Commit status about deploy.yml of {1}")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800], ExceptOn = [typeof(RetryLaterException)])]
    public async Task RunAsync(long repository, string sha, CancellationToken cancellationToken)
    {
        var (id, commit) = (new RepositoryId(repository), CommitSha.Parse(sha));
        if (await repositories.ConfirmAsync(id, cancellationToken) is { } known)
        {
            var client = github.Installation(known.InstallationId).Repository(known.FullName);
            await statuses.WriteAsync(client, id, commit, await files.AskAsync(client, commit, cancellationToken), cancellationToken);
        }
    }
}

/// <summary>
/// Remembers which commit of a branch was told last whether its <c>deploy.yml</c> is sound: a push and a pull request tell of the same
/// commit, and the later ones of a branch that changes the file are told, too.
/// </summary>
internal sealed class ToldRules(DeliverybotContext db)
{
    public async Task<CommitSha?> LastAsync(RepositoryId repository, GitRef branch, CancellationToken cancellationToken)
    {
        var known = await db.RefHeads.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.Ref == branch)
            .Select(row => new { row.RulesToldOn })
            .SingleOrDefaultAsync(cancellationToken);
        return known?.RulesToldOn;
    }

    /// <param name="branch">A branch that is followed.</param>
    /// <param name="sha">The commit that was told; null: the branch doesn't change the file (any more).</param>
    public Task NoteAsync(RepositoryId repository, GitRef branch, CommitSha? sha, CancellationToken cancellationToken) =>
        db.RefHeads
            .Where(row => row.RepositoryId == repository && row.Ref == branch)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.RulesToldOn, sha), cancellationToken);
}
