using Deliverybot.Data.Names;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Site.Pages.Deployments;

internal static class DeploymentsLinks
{
    public static string List(RepositoryName repository) => $"/{repository}/deployments";

    public static string List(RepositoryName repository, DeploymentsFilter filter) =>
        QueryHelpers.AddQueryString(List(repository), filter.Query.Where(part => part.Value is not null));

    public static string Older(RepositoryName repository, DeploymentsFilter filter, DeploymentId last) =>
        QueryHelpers.AddQueryString(List(repository, filter), "before", last.ToString());

    public static string One(RepositoryName repository, DeploymentId id) => $"/{repository}/deployments/{id}";
}
