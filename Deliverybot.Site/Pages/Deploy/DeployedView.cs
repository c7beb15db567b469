using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Deploy;

internal sealed record DeployedView(RepositoryName Repository, DeploymentId Id, string Target);
