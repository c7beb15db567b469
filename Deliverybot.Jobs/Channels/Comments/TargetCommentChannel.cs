using Deliverybot.Jobs.Changes;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>Pull requests, by the one comment of each target that is edited in place.</summary>
internal sealed class TargetCommentChannel(TargetCommentWriter writer) : IChannel
{
    public string Name => "pull_request_comment";

    public bool Wants(Happening change) => change.LeftCommit is null && TargetComment.TellsOf(change.Wish);

    public object SubjectOf(Happening change) => (change.Wish.RepositoryId, change.Wish.PullRequest, change.Wish.Target);

    public Task TellAsync(Happening change, CancellationToken cancellationToken) =>
        writer.WriteAsync(change.Wish.RepositoryId, change.Wish.PullRequest!.Value, change.Wish.Target, cancellationToken);
}
