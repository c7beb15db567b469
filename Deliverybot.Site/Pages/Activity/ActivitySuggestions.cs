using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Activity;

/// <summary>What the fields of the filter offer: the names that the page shows, which cost no look at the database. Others can be typed.</summary>
internal sealed record ActivitySuggestions(IReadOnlyList<EnvironmentName> Environments, IReadOnlyList<GitHubLogin> People)
{
    public static ActivitySuggestions Of(IReadOnlyList<ActivityLine> lines) => new(
        [.. lines.Select(line => line.Environment).OfType<EnvironmentName>().Distinct().OrderBy(name => name.Key, StringComparer.Ordinal)],
        [.. lines.Select(line => line.Actor).Distinct().OrderBy(login => login.Value, StringComparer.OrdinalIgnoreCase)]);
}
