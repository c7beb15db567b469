using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Environments;

internal static class EnvironmentsLinks
{
    private const int AnchorLength = 12;

    public static string Board(RepositoryName repository) => $"/{repository}/environments";

    /// <summary>The board as it is now, for a page that is open.</summary>
    public static string Changes(RepositoryName repository) => $"{Board(repository)}?handler=Changes";

    public static string One(RepositoryName repository, EnvironmentName environment) => $"{Board(repository)}#{Anchor(environment)}";

    /// <summary>The row's id. Environments may be called anything, ids of elements not.</summary>
    public static string Anchor(EnvironmentName environment) =>
        $"env-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(environment.Key)))[..AnchorLength]}";
}
