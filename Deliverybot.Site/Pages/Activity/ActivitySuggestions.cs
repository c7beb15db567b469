using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Activity;

/// <summary>What the fields of the filter offer: names that came up lately. Others can be typed.</summary>
internal sealed record ActivitySuggestions(IReadOnlyList<EnvironmentName> Environments, IReadOnlyList<GitHubLogin> People);
