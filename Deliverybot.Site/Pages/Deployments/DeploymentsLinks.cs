using System.Globalization;
using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Deployments;

internal static class DeploymentsLinks
{
    public static string List(RepositoryName repository) => $"/{repository}/deployments";

    public static string Older(RepositoryName repository, DeploymentId last) =>
        string.Create(CultureInfo.InvariantCulture, $"/{repository}/deployments?before={last}");

    public static string One(RepositoryName repository, DeploymentId id) => $"/{repository}/deployments/{id}";
}
