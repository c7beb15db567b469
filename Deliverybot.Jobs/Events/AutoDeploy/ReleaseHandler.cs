using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Rules;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>A release that was published, a pre-release too, deploys its tag where a target wants that.</summary>
internal sealed class ReleaseHandler(KnownRepositories repositories, RulesInForce rules, AutoDeployments deployments, GitHubClients github) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.ReleaseEvent);
        if (told is not { Action: "published", Release.Draft: false }
            || await repositories.SeeAsync(told.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is not { } repository)
        {
            return;
        }

        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        var read = await rules.OfAsync(client, GitRef.Branch(repository.DefaultBranch), cancellationToken);
        if (read is not DeployFileState.Valid valid || !valid.Targets.All.Any(target => target.DeploysOnRelease))
        {
            return;
        }

        // The event names the tag alone; one that is gone already has nothing to deploy.
        var tag = GitRef.Tag(told.Release.TagName);
        if (await client.Refs.HeadAsync(tag, cancellationToken) is not { } sha)
        {
            return;
        }

        await deployments.RequestAsync(
            new AutoDeployEvent
            {
                Repository = repository,
                Ref = tag,
                Sha = sha,
                Cause = DeploymentCause.Release,
                By = EventAccount.UserOf(told.Sender),
                Delivery = delivery.Guid,
                Wanted = target => target.DeploysOnRelease,
            },
            cancellationToken);
    }
}
