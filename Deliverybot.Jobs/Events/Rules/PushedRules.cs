using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Rules;

/// <summary>A push that changes <c>deploy.yml</c>: the commit is told whether the file is sound, and on the default branch what waits comes under the new rules.</summary>
internal sealed class PushedRules(
    DeliverybotContext db,
    RulesInForce rules,
    DeployFiles deployFiles,
    ToldRules told,
    DeployFileFaults faults,
    InstallationEvaluator evaluator,
    WishWriter writer,
    ConfigStatuses statuses,
    Tidings tidings)
{
    /// <param name="head">Where the branch is: elsewhere, if the push came late.</param>
    /// <param name="github">Reads the file, and tells the commit.</param>
    public async Task FollowAsync(PushEvent push, CommitSha head, Repository repository, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (push.Ref.IsBranch && push.Touches(DeployFiles.Misnamed))
        {
            await FollowMisnamedAsync(push, head, repository, github, cancellationToken);
        }

        var touched = push.Touches(DeployFiles.Path);
        // A forced push may also take back a change, and no commit of it tells.
        if (!push.Ref.IsBranch || !(touched || (push.Forced && push.IsToDefaultBranch)))
        {
            return;
        }

        if (push.IsToDefaultBranch)
        {
            var file = await rules.AtAsync(github, head, push.Ref, cancellationToken);
            if (!push.Touches(DeployFiles.Misnamed))
            {
                await faults.NoteAsync(repository.Id, file.Warning, cancellationToken);
            }

            await ApplyAsync(repository, file, github, cancellationToken);
        }

        if (touched && await told.LastAsync(repository.Id, push.Ref, cancellationToken) != push.Head)
        {
            await TellAsync(push, repository, async () => await statuses.WriteAsync(
                github, repository.Id, push.Head, await rules.AtAsync(github, push.Head, push.Ref, cancellationToken), cancellationToken));
            await told.NoteAsync(repository.Id, push.Ref, push.Head, cancellationToken);
        }
    }

    private async Task FollowMisnamedAsync(PushEvent push, CommitSha head, Repository repository, RepositoryClient github, CancellationToken cancellationToken)
    {
        var pushed = await deployFiles.AskAsync(github, push.Head, cancellationToken);
        if (pushed is DeployFileState.Misnamed)
        {
            await TellAsync(push, repository, () => statuses.WriteAsync(github, repository.Id, push.Head, pushed, cancellationToken));
            await told.NoteAsync(repository.Id, push.Ref, push.Head, cancellationToken);
        }

        if (push.IsToDefaultBranch)
        {
            var now = head == push.Head ? pushed : await deployFiles.AskAsync(github, head, cancellationToken);
            await faults.NoteAsync(repository.Id, now.Warning, cancellationToken);
        }
    }

    private Task TellAsync(PushEvent push, Repository repository, Func<Task> tell) => tidings.OrLaterAsync<WriteConfigStatusJob>(
        tell, job => job.RunAsync(repository.Id.Value, push.Head.Value, CancellationToken.None));

    private async Task ApplyAsync(Repository repository, DeployFileState file, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (file is not (DeployFileState.Valid or DeployFileState.Absent or DeployFileState.Workflow))
        {
            // A broken file says nothing of what its author wants: the rules that were read last go on.
            return;
        }

        var wishes = await db.Deployments
            .Where(wish => wish.RepositoryId == repository.Id && wish.State == DeploymentState.Waiting)
            .OrderByDescending(wish => wish.CreatedAt).ThenByDescending(wish => wish.Id)
            .ToListAsync(cancellationToken);
        foreach (var wish in wishes.Where(wish => wish.MayWait()))
        {
            await ApplyAsync(wish, (file as DeployFileState.Valid)?.Targets.Find(wish.Target), repository, github, cancellationToken);
        }
    }

    private async Task ApplyAsync(Deployment wish, Target? target, Repository repository, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (target is null)
        {
            await writer.CancelAsync(wish, $"{DeployFiles.Path} has no target {wish.Target} any more.", cancellationToken);
        }
        else if (!target.StillWants(wish))
        {
            await writer.CancelAsync(wish, $"{wish.Target} is not deployed on {wish.Occasion()} any more.", cancellationToken);
        }
        else if (target != TargetJson.Read(wish.TargetDefinition!))
        {
            await ReplaceAsync(wish, target, repository, github, cancellationToken);
            await evaluator.EvaluateAsync(wish, github, cancellationToken);
        }
    }

    private async Task ReplaceAsync(Deployment wish, Target target, Repository repository, RepositoryClient github, CancellationToken cancellationToken)
    {
        var rendered = await WishRenderer.RenderAsync(Anew(wish, target, repository), github, cancellationToken);
        await using var turn = await Turn.TakeAsync(db, wish, cancellationToken);
        if (wish.State != DeploymentState.Waiting)
        {
            return;
        }

        await rendered.Match(
            whole => writer.ReplaceAsync(turn, wish, target, whole, cancellationToken),
            reason => writer.DenyAsync(turn, wish, decision: null, Sentence.Plain(reason), cancellationToken));
    }

    private static NewWish Anew(Deployment wish, Target target, Repository repository) => new()
    {
        RepositoryId = wish.RepositoryId,
        Repository = repository.FullName,
        Target = target,
        Ref = wish.Ref,
        Sha = wish.Sha,
        Origin = wish.Origin,
        RequestedBy = wish.RequestedBy,
        PullRequest = wish.PullRequest,
    };
}

/// <summary>How a wish stands to a target as it is written now.</summary>
internal static class WishUnderRules
{
    /// <summary>Whether the target would wish for it today.</summary>
    public static bool StillWants(this Target target, Deployment wish) => wish.Cause switch
    {
        DeploymentCause.PullRequest => target.DeploysOnPullRequest,
        DeploymentCause.Release => target.DeploysOnRelease,
        DeploymentCause.Push => wish.Ref is { } pushed && target.DeploysOn(pushed),
        // Whoever asked for it by hand chose the target as well.
        DeploymentCause.Person => true,
        DeploymentCause.Pipeline or DeploymentCause.External => target is { AutoDeployOn: [_, ..], After: [_, ..] },
    };

    /// <summary>What made the wish, as people say it.</summary>
    public static string Occasion(this Deployment wish) => wish.Cause switch
    {
        DeploymentCause.PullRequest => "pull requests",
        DeploymentCause.Release => "releases",
        DeploymentCause.Push => $"{wish.Ref?.ShortName}",
        DeploymentCause.Pipeline or DeploymentCause.Person or DeploymentCause.External => "other targets' success",
    };
}
