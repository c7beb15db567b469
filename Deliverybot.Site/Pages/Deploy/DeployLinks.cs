using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Deploy;

internal static class DeployLinks
{
    public static string Form(RepositoryName repository) => $"/{repository}/deploy";
}
