using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>What the fields of the filter offer: names that came up lately. Others can be typed.</summary>
internal sealed record DeploymentsSuggestions(
    IReadOnlyList<EnvironmentName> Environments, IReadOnlyList<TargetName> Targets, IReadOnlyList<GitHubLogin> People);
