using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Promote;

internal static class PromoteLinks
{
    public static string Form(RepositoryName repository) => $"/{repository}/promote";
}
