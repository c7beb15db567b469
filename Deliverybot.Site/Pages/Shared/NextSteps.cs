using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>
/// Whether deploying the same once more would be refused, by what the form to deploy says of a target: where it would be, what stands in
/// the way is offered in its place.
/// </summary>
internal sealed class NextSteps(UserSession session, GitHubClients gitHub, DeployFiles deployFiles, DeliverybotContext database, Preview preview)
{
    /// <summary>What can be done, without what would be refused. Where GitHub doesn't say, nothing is taken away.</summary>
    public async Task<NextView> JudgeAsync(RepositoryAccess access, NextView next, CancellationToken cancellationToken)
    {
        if (!access.CanWrite || next.Again is not { } again)
        {
            return next;
        }

        try
        {
            return await JudgeAsync(access, next, again, gitHub.User(session.Token).Repository(access.Name), cancellationToken);
        }
        catch (Exception unread) when (unread is RetryLaterException or GitHubRefusedException)
        {
            return next;
        }
    }

    private async Task<NextView> JudgeAsync(RepositoryAccess access, NextView next, AgainView again, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (await deployFiles.ReadAsync(github, at: null, cancellationToken) is not DeployFileState.Valid { Targets: var targets }
            || targets.Find(again.Target) is not { } target
            || !await IsVouchedForAsync(access, again, target, github, cancellationToken)
            || await database.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == access.Id, cancellationToken) is not { } repository)
        {
            return next with { Again = null };
        }

        var question = new ProspectQuestion
        {
            Repository = repository,
            Sha = again.Sha,
            Ref = again.Ref ?? access.DefaultBranch,
            By = session.User,
            PullRequest = again.PullRequest,
            GatesAlone = true,
        };
        return await preview.OfPersonAsync(question, target, github, cancellationToken) switch
        {
            { Fault: not null } => next with { Again = null },
            { Decision.Stopped: { Gate: GateNames.Lock }, Environment: var locked } => next with { Again = null, Unlock = locked },
            { Decision.Stopped: { Gate: GateNames.After, Again: true, Earlier: { } earlier } } =>
                next with { Again = null, Earlier = again.Before(new TargetName(earlier)) },
            { Decision.Stopped: not null, YieldsToForce: false } => next with { Again = null },
            _ => next,
        };
    }

    /// <summary>By the pull request that it belongs to, as long as that is open; else by the branch or tag that it was wished for.</summary>
    private static async Task<bool> IsVouchedForAsync(
        RepositoryAccess access, AgainView again, Target target, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (again.PullRequest is { } number)
        {
            return await github.PullRequests.GetAsync(number, cancellationToken) is { IsOpen: true } pull
                && (pull.IsFromFork
                    ? target.Forks && pull.Head.Sha == again.Sha
                    : await HasAsync(pull.Head.Sha, again.Sha, github, cancellationToken));
        }

        return (again.Ref ?? access.DefaultBranch) is { } from
            && await github.Refs.HeadAsync(from, cancellationToken) is { } head
            && await HasAsync(head, again.Sha, github, cancellationToken);
    }

    private static async Task<bool> HasAsync(CommitSha head, CommitSha sha, RepositoryClient github, CancellationToken cancellationToken) =>
        head == sha || await github.Commits.ContainsAsync(head, sha, cancellationToken);
}
