namespace Deliverybot.Benchmarks.GitHubEvents;

/// <summary>The push that creates a branch; its commit is that branch's head for as long as a run lasts.</summary>
internal sealed record BranchPush(LoadRepository Repository, string Branch)
{
    public CommitSha Sha { get; } = CommitSha.HeadOf(Repository.Id, Branch);

    /// <summary>Pushes in turn to each repository, every one to a branch of its own.</summary>
    public static IReadOnlyList<BranchPush> Spread(IReadOnlyList<LoadRepository> repositories, int count, string prefix) =>
        [.. Enumerable.Range(0, count).Select(index =>
            new BranchPush(repositories[index % repositories.Count], $"{prefix}-{index:00000}"))];
}
