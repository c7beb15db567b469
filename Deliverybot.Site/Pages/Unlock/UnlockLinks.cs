using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Unlock;

internal static class UnlockLinks
{
    public static string Form(RepositoryName repository) => $"/{repository}/unlock";
}
