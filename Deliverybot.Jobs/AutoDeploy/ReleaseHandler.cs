using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Installations;

namespace Deliverybot.Jobs.AutoDeploy;

/// <summary>A release that was published, a pre-release too, deploys its tag where a target wants that.</summary>
internal sealed class ReleaseHandler(RepositoryBook repositories, Rules rules, AutoDeployments deployments, GitHubClients github) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.ReleaseEvent);
        if (told is not { Action: "published", Release.Draft: false }
            || await repositories.SeeAsync(told.Repository, delivery.InstallationId, cancellationToken) is not { } repository)
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
                Trigger = DeploymentTrigger.Release,
                By = new GitHubLogin(told.Sender?.Login ?? "ghost"),
                Delivery = delivery.Guid,
                Wanted = target => target.DeploysOnRelease,
            },
            cancellationToken);
    }
}
