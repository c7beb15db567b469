using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Config;

internal static class ConfigLinks
{
    public static string To(RepositoryName repository) => $"/{repository}/config";

    /// <summary>Where the answer to <em>try it</em> begins.</summary>
    public static string Try(RepositoryName repository) => $"{To(repository)}#try";
}
