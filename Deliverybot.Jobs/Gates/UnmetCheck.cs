namespace Deliverybot.Jobs.Gates;

/// <summary>A required context that is not good, in GitHub's words (<c>pending</c>, <c>failure</c>, <c>expected</c> …).</summary>
internal sealed record UnmetCheck(string Context, string State)
{
    /// <summary>It has ended badly: only a re-run can mend it.</summary>
    public bool Failed => State is "failure" or "error" or "cancelled" or "timed_out" or "action_required" or "startup_failure" or "stale";
}
