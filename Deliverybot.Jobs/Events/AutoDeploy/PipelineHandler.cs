using Deliverybot.Data;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Rules;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>
/// A branch's head succeeded at a target: those that follow it by <c>after</c> and deploy that branch go on by themselves. Mostly the
/// push has made their wishes, which wait for this; one is made here only where there was none. Older commits were overtaken
/// and tags have no newest, so whoever deploys those by hand means the one target alone.
/// </summary>
internal sealed class PipelineHandler(
    DeliverybotContext db, KnownRepositories repositories, RulesInForce rules, RefHeads heads, AutoDeployments deployments, GitHubClients github)
    : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.DeploymentStatusEvent);
        if (told.DeploymentStatus.State is not "success"
            || await repositories.SeeAsync(told.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository
            || await db.Deployments.AsNoTracking().ByNumberAsync(told.Deployment.Id, cancellationToken) is not { State: DeploymentState.Success, DoesNotCount: null, Ref: { IsBranch: true } branch } reached)
        {
            return;
        }

        if (!reached.IsOfItsTask())
        {
            return;
        }

        var decided = await DecidedAsync(reached, cancellationToken);
        if (reached.IsRollback() || (reached.IsAutomatic() && decided.Renewable.Count == 0))
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        var following = await FollowingAsync(repository, reached, client, cancellationToken);
        following.ExceptWith(decided.Final);
        if (following.Count == 0 || await heads.HeadAsync(repository.Id, branch, client, cancellationToken) != reached.Sha)
        {
            return;
        }

        await deployments.RequestAsync(
            new AutoDeployEvent
            {
                Repository = repository,
                Ref = branch,
                Sha = reached.Sha,
                Cause = DeploymentCause.Pipeline,
                By = reached.RequestedBy,
                Delivery = delivery.Guid,
                Wanted = target => following.Contains(target.Name),
            },
            cancellationToken);
    }

    /// <summary>The targets that already had a wish for this commit. One that only grew too old may be made again; any other decision stands.</summary>
    private async Task<(HashSet<TargetName> Final, HashSet<TargetName> Renewable)> DecidedAsync(Deployment reached, CancellationToken cancellationToken)
    {
        var wishes = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == reached.RepositoryId && row.Sha == reached.Sha && row.Cause != DeploymentCause.External)
            .ToListAsync(cancellationToken);
        var final = wishes.Where(wish => !wish.HasExpired()).Select(wish => wish.Target).ToHashSet();
        return (final, [.. wishes.Select(wish => wish.Target).Where(target => !final.Contains(target))]);
    }

    private async Task<HashSet<TargetName>> FollowingAsync(
        Repository repository, Deployment reached, RepositoryClient client, CancellationToken cancellationToken)
    {
        var read = await rules.OfAsync(client, GitRef.Branch(repository.DefaultBranch), cancellationToken);
        return read is not DeployFileState.Valid { Targets: var targets }
            ? []
            :
            [
                .. targets.All
                    .Where(target => target.DeploysOn(reached.Ref!.Value))
                    .Where(target => target.After.Any(name => targets.Find(name) is { } earlier && IsAt(earlier, reached, repository)))
                    .Select(target => target.Name),
            ];
    }

    /// <summary>A deployment made by others names no target: its environment tells.</summary>
    private static bool IsAt(Target earlier, Deployment reached, Repository repository) =>
        earlier.Name == reached.Target
        || (reached is { Cause: DeploymentCause.External, Ref: { } name }
            && !earlier.NeedsCommit
            && !earlier.NeedsPullRequest
            && earlier.RenderEnvironment(new TemplateValues(repository.FullName, earlier.Name, name, reached.Sha)) is TemplateResult.Rendered { Text: var environment }
            && new EnvironmentName(environment) == reached.Environment);
}
