using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>A push moves a branch or tag, and deploys it where a target wants that.</summary>
internal sealed class PushHandler(
    RepositoryBook repositories,
    RefHeads heads,
    AutoDeployments deployments,
    WaitingWishes waiting,
    RulesChange rulesChange,
    GitHubClients github) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var push = delivery.Read(EventJson.Default.PushEvent);
        if (await repositories.SeeAsync(push.Repository, delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        await heads.MoveAsync(repository.Id, push, client, cancellationToken);
        if (push.Deleted)
        {
            await waiting.CancelAsync(repository.Id, push.Ref, $"{push.Ref.ShortName} was deleted.", cancellationToken);
            return;
        }

        await deployments.RequestAsync(
            new AutoDeployEvent
            {
                Repository = repository,
                Ref = push.Ref,
                Sha = push.Head,
                Trigger = DeploymentTrigger.Push,
                By = new GitHubLogin(push.Sender?.Login ?? "ghost"),
                Delivery = delivery.Guid,
                Wanted = target => target.DeploysOn(push.Ref),
                RulesAt = push.IsToDefaultBranch ? push.Head : null,
            },
            cancellationToken);
        await waiting.EndOvertakenAsync(repository.Id, push.Ref, push.Head, cancellationToken);
        await rulesChange.FollowAsync(push, repository, client, cancellationToken);
    }
}
