namespace Deliverybot.Site.Pages.Shared;

internal enum RepositoryTab
{
    Commits,
    Deployments,
    Config,
    Metrics,
    Activity,
}
