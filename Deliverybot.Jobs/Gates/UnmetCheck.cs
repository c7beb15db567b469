using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates;

/// <summary>A required context that is not good, in GitHub's words (<c>pending</c>, <c>failure</c>, <c>expected</c> …).</summary>
/// <param name="Context">Its name.</param>
/// <param name="State">How it stands.</param>
/// <param name="Because">What else of its suite kept it from running; only of a skipped one.</param>
internal sealed record UnmetCheck(string Context, string State, string? Because = null)
{
    public const string Skipped = "skipped";
    public const string Neutral = "neutral";

    /// <summary>It has ended badly: only a re-run can mend it.</summary>
    public bool Failed => Because is not null
        || State is "failure" or "error" or "cancelled" or "timed_out" or "action_required" or "startup_failure" or "stale";

    /// <summary>It has ended in a way that may be as good as a success, though GitHub counts it as unmet.</summary>
    public bool EndedIdly => State is Skipped or Neutral;

    public override string ToString() => this switch
    {
        { Context: Target.PromotionContext, Failed: false } => "somebody to promote it",
        { Because: null } => $"{Context} ({State})",
        _ => $"{Context} ({State} because {Because})",
    };
}
