using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Cancel;

internal static class CancelLinks
{
    public static string Form(RepositoryName repository) => $"/{repository}/cancel";
}
