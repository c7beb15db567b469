namespace Deliverybot.Site.Pages.Shared;

/// <summary>Makes one of many: in each environment the newest deployment counts, and of the environments the worst.</summary>
internal static class PageStates
{
    /// <param name="deployments">The newest first.</param>
    public static PageState Of(IEnumerable<(EnvironmentName Environment, PageState? State)> deployments) =>
        deployments
            .Where(deployment => deployment.State is not null)
            .DistinctBy(deployment => deployment.Environment)
            .Select(deployment => deployment.State!.Value)
            .DefaultIfEmpty(PageState.Quiet)
            .Max();
}
