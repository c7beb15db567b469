using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>What surrounds each page of a repository.</summary>
/// <param name="Name">As GitHub writes it.</param>
/// <param name="Tab">The page that is open.</param>
internal sealed record RepositoryShell(RepositoryName Name, RepositoryTab Tab)
{
    public const string Key = "Shell";
}

/// <summary>A page of a repository that the others lead to.</summary>
internal sealed record RepositoryTab(string Label, string Icon, Func<RepositoryName, string> AddressOf)
{
    public static RepositoryTab Commits { get; } = new("Commits", "git", Address.Repository);

    public static RepositoryTab Environments { get; } = new("Environments", "hdd-stack", name => Address.Environments(name));

    public static RepositoryTab Deployments { get; } = new("Deployments", "rocket-takeoff", name => Address.Deployments(name));

    public static RepositoryTab Config { get; } = new("Config", "journal-text", Address.Config);

    public static RepositoryTab Metrics { get; } = new("Metrics", "graph-up", name => Address.Metrics(name));

    public static RepositoryTab Activity { get; } = new("Activity", "clock-history", name => Address.Activity(name));

    /// <summary>In the order they stand in.</summary>
    public static IReadOnlyList<RepositoryTab> All { get; } = [Commits, Environments, Deployments, Config, Metrics, Activity];
}
