using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Rollback;

internal static class RollbackLinks
{
    public static string Form(RepositoryName repository) => $"/{repository}/rollback";
}
