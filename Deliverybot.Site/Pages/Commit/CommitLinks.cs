using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Commit;

internal static class CommitLinks
{
    public static string To(RepositoryName repository, CommitSha sha) => $"/{repository}/commit/{sha}";
}
