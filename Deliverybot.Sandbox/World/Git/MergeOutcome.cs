namespace Deliverybot.Sandbox.World;

/// <summary>How a merge of one head into a branch ended.</summary>
public abstract record MergeOutcome
{
    private MergeOutcome()
    {
    }

    /// <summary>The branch contained that head already.</summary>
    public sealed record NothingToMerge : MergeOutcome;

    public sealed record Merged(Commit Commit) : MergeOutcome;

    public sealed record Conflict : MergeOutcome;
}
