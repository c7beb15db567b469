using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>A commit with what is known about it.</summary>
public sealed record CommitView(
    string Sha,
    string Headline,
    string Author,
    DateTimeOffset Date,
    IReadOnlyList<CheckView> Checks,
    IReadOnlyList<DeploymentView> Deployments)
{
    public string Short => Sha[..7];

    internal static CommitView Of(Repository repository, Commit commit) => new(
        commit.Sha,
        commit.Headline,
        commit.Author.Login,
        commit.Date,
        [.. Runs(repository, commit.Sha), .. Statuses(repository, commit.Sha)],
        [.. NewestOfEachEnvironment(repository, commit.Sha).Select(DeploymentView.Of)]);

    private static IEnumerable<CheckView> Runs(Repository repository, string sha) =>
        GitHubWorld.LatestRuns(repository, sha).Select(run => new CheckView(run.Id, run.Name, run.Conclusion ?? run.Status, null));

    private static IEnumerable<CheckView> Statuses(Repository repository, string sha) =>
        GitHubWorld.LatestStatuses(repository, sha).Select(status => new CheckView(null, status.Context, status.State, status.Description));

    private static IEnumerable<Deployment> NewestOfEachEnvironment(Repository repository, string sha) =>
        repository.Deployments.Where(deployment => deployment.Sha == sha)
            .GroupBy(deployment => deployment.Environment, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.Last());
}
