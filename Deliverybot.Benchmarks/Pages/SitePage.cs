namespace Deliverybot.Benchmarks.Pages;

/// <summary>A page that is opened, and how long it may take at the median.</summary>
internal sealed record SitePage(string Name, string Path, TimeSpan? AtMost = null)
{
    public static IReadOnlyList<SitePage> Of(string repository, string sha) =>
    [
        new("branch", $"/{repository}", TimeSpan.FromMilliseconds(25)),
        new("environments", $"/{repository}/environments"),
        new("deployments", $"/{repository}/deployments"),
        new("commit", $"/{repository}/commit/{sha}"),
        new("metrics", $"/{repository}/metrics", TimeSpan.FromMilliseconds(150)),
        new("activity", $"/{repository}/activity"),
        new("home", "/"),
    ];
}
