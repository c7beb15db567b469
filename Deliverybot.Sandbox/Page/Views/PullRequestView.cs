using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>A pull request with its conversation.</summary>
/// <param name="Fork">The repository that it comes from, where it is another one.</param>
public sealed record PullRequestView(
    int Number,
    string Title,
    string Author,
    string From,
    string? Fork,
    string Into,
    string State,
    CommitView Head,
    IReadOnlyList<CommentView> Comments)
{
    public bool Open => State == "open";

    public bool Merged => State == "merged";

    internal static PullRequestView Of(Repository repository, PullRequest pull) => new(
        pull.Number,
        pull.Title,
        pull.Author.Login,
        pull.HeadRepository == repository ? pull.HeadBranch : $"{pull.HeadRepository.Owner.Login}:{pull.HeadBranch}",
        pull.HeadRepository == repository ? null : pull.HeadRepository.FullName,
        pull.BaseBranch,
        pull.Open ? "open" : pull.MergedAt is null ? "closed" : "merged",
        CommitView.Of(repository, repository.Objects.Get(pull.HeadSha)),
        [.. repository.Comments.Where(comment => comment.Number == pull.Number).Select(CommentView.Of)]);
}
