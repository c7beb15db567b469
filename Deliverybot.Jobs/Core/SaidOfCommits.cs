using Deliverybot.Data.Deploying;

namespace Deliverybot.Jobs.Core;

/// <summary>What a wish's row remembers of the commit status that was written for it.</summary>
internal static class SaidOfCommits
{
    /// <summary>How the memo of a status begins that still has to end.</summary>
    public const string Pending = "pending";

    /// <summary>Whether the commit was said to wait or to be on its way, so that somebody still has to say how that ended.</summary>
    public static bool SaysPending(this Deployment wish) => IsPending(wish.CommitStatus);

    /// <summary>Whether a row's memo is that of a status which still has to end.</summary>
    public static bool IsPending(string? memo) => memo?.StartsWith(Pending, StringComparison.Ordinal) ?? false;

    /// <summary>Those of which somebody still has to say how they ended.</summary>
    public static IQueryable<Deployment> SayingPending(this IQueryable<Deployment> rows) =>
        rows.Where(wish => wish.CommitStatus != null && wish.CommitStatus.StartsWith(Pending));
}
