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
internal sealed class NextSteps(UserSession session, GitHubClients gitHub, GitHubSilence silence, DeployFiles deployFiles, DeliverybotContext database, Preview preview)
{
    /// <summary>What can be done, without what would be refused. Where GitHub doesn't say, nothing is taken away.</summary>
    public async Task<NextView> JudgeAsync(RepositoryAccess access, NextView next, CancellationToken cancellationToken)
    {
        if (!access.CanWrite || next is { Again: null, Earlier: null })
        {
            return next;
        }

        var github = gitHub.User(session.Token).Repository(access.Name);
        try
        {
            return await silence.UnlessMetAsync(() => JudgeAsync(access, next, github, cancellationToken), next);
        }
        catch (GitHubRefusedException)
        {
            return next;
        }
    }

    private async Task<NextView> JudgeAsync(RepositoryAccess access, NextView next, RepositoryClient github, CancellationToken cancellationToken)
    {
        var judged = next.Again is { } again ? await JudgeAsync(access, next, again, github, cancellationToken) : next;
        return judged.Earlier is { } earlier && !await MakesSenseAsync(access, earlier, github, cancellationToken) ? judged with { Earlier = null } : judged;
    }

    /// <summary>Whether the commit would go on at the earlier target at once, and take nothing newer away there.</summary>
    private async Task<bool> MakesSenseAsync(RepositoryAccess access, AgainView earlier, RepositoryClient github, CancellationToken cancellationToken) =>
        await ProspectAsync(access, earlier, gatesAlone: false, github, cancellationToken)
            is { Fault: null, Decision.Stopped: null, Bearing.Kind: BearingKind.Onward };

    /// <returns>Null where there is no such target, or nothing vouches for the commit.</returns>
    private async Task<Prospect?> ProspectAsync(RepositoryAccess access, AgainView again, bool gatesAlone, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (await deployFiles.ReadAsync(github, at: null, cancellationToken) is not DeployFileState.Valid { Targets: var targets }
            || targets.Find(again.Target) is not { } target
            || !await IsVouchedForAsync(access, again, target, github, cancellationToken)
            || await database.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == access.Id, cancellationToken) is not { } repository)
        {
            return null;
        }

        var question = new ProspectQuestion
        {
            Repository = repository,
            Sha = again.Sha,
            Ref = again.Ref ?? access.DefaultBranch,
            By = session.User,
            PullRequest = again.PullRequest,
            GatesAlone = gatesAlone,
        };
        return await preview.OfPersonAsync(question, target, github, cancellationToken);
    }

    private async Task<NextView> JudgeAsync(RepositoryAccess access, NextView next, AgainView again, RepositoryClient github, CancellationToken cancellationToken) =>
        await ProspectAsync(access, again, gatesAlone: true, github, cancellationToken) switch
        {
            null or { Fault: not null } => next with { Again = null },
            { Decision.Stopped: { Gate: GateNames.Lock }, Environment: var locked } => next with { Again = null, Unlock = locked },
            { Decision.Stopped: { Gate: GateNames.After, Again: true, Earlier: { } earlier } } =>
                next with { Again = null, Earlier = again.Before(new TargetName(earlier)) },
            { Decision.Stopped: not null, YieldsToForce: false } => next with { Again = null },
            _ => next,
        };

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
