namespace Deliverybot.Site.Pages.Shared;

internal enum RepositoryTab
{
    Commits,
    Environments,
    Deployments,
    Config,
    Metrics,
    Activity,
}
