using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What surrounds each page of a repository.</summary>
/// <param name="Name">As GitHub writes it.</param>
/// <param name="Tab">The page that is open.</param>
internal sealed record RepositoryShell(RepositoryName Name, RepositoryTab Tab)
{
    public const string Key = "Shell";
}
