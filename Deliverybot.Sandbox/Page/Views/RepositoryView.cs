using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>All that the page shows of a repository, of one moment.</summary>
public sealed record RepositoryView(
    string FullName,
    string? Description,
    bool Private,
    bool HasApp,
    string? ForkOf,
    IReadOnlyList<BranchView> Branches,
    IReadOnlyList<PullRequestView> PullRequests,
    IReadOnlyList<DeploymentView> Deployments,
    IReadOnlyList<TagView> Tags,
    IReadOnlyList<PersonView> People,
    string? DeployFile)
{
    private const int DeploymentsShown = 12;

    public static RepositoryView Of(GitHubWorld world, Repository repository) => world.Read(_ => new RepositoryView(
        repository.FullName,
        repository.Description,
        repository.Private,
        world.InstallationOf(repository) is not null,
        repository.ForkOf?.FullName,
        [.. repository.Branches
            .OrderByDescending(branch => branch.Key == repository.DefaultBranch)
            .Select(branch => BranchView.Of(repository, branch.Key, branch.Value))],
        [.. repository.PullRequests.OrderByDescending(pull => pull.Open).ThenByDescending(pull => pull.Number).Select(pull => PullRequestView.Of(repository, pull))],
        [.. repository.Deployments.Reverse().Take(DeploymentsShown).Select(DeploymentView.Of)],
        TagView.AllOf(repository),
        PersonView.AllFor(world, repository),
        repository.Objects.Get(repository.Head).Files.GetValueOrDefault(FileView.Path)));
}
