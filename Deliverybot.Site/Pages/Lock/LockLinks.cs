using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Lock;

internal static class LockLinks
{
    public static string Form(RepositoryName repository) => $"/{repository}/lock";
}
