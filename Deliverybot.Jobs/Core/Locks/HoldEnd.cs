using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core.Locks;

/// <summary>What ends a hold, as every answer says it after "until".</summary>
internal static class HoldEnd
{
    /// <param name="from">The commit that was rolled back from; null where several targets were, or nobody knows.</param>
    public static string Of(CommitSha? from) => from is { } commit
        ? $"somebody unlocks it, or has deployed something newer than {commit.Short}"
        : "somebody unlocks it";
}
