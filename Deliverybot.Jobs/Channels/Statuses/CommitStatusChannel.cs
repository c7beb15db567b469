using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;

namespace Deliverybot.Jobs.Channels.Statuses;

/// <summary>Commits, by the commit status <c>deliverybot/target</c>.</summary>
internal sealed class CommitStatusChannel(CommitStatusWriter writer, TimeProvider time) : IChannel
{
    public string Name => "commit_status";

    public bool Wants(Happening change) => change switch
    {
        { LeftCommit: not null, Wish: var wish } => wish.SaysPending(),
        { Wish: var wish } => TargetStatus.FollowsAnother(wish) || (TargetStatus.Of(wish, time.GetUtcNow()) is { } status && status.Memo != wish.CommitStatus),
    };

    public Task TellAsync(Happening change, CancellationToken cancellationToken) => change.LeftCommit is { } left
        ? writer.LeaveAsync(change.Wish.Id, left, cancellationToken)
        : writer.WriteAsync(change.Wish, cancellationToken);
}
