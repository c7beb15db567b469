using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates.Preview;

/// <summary>What would become of an event at one target.</summary>
internal abstract record Rehearsed(Target Target)
{
    /// <summary>The target doesn't follow such an event.</summary>
    /// <param name="Target">The target.</param>
    /// <param name="IsOfMergeQueue">The branch is GitHub's merge queue's, which only a pattern that names it follows.</param>
    public sealed record Unwanted(Target Target, bool IsOfMergeQueue) : Rehearsed(Target);

    /// <summary>Its templates can't be filled in: it would be denied before any gate is asked.</summary>
    public sealed record Broken(Target Target, AutoDeployRule Rule, string Reason) : Rehearsed(Target);

    /// <param name="Target">The target.</param>
    /// <param name="Rule">Why it wants the event.</param>
    /// <param name="Environment">Where it would go; the template itself where that needs what only GitHub knows.</param>
    /// <param name="NeedsGitHub">Whether something of it can only be filled in with the real commit or pull request.</param>
    /// <param name="Decision">What each gate would say.</param>
    public sealed record Decided(
        Target Target, AutoDeployRule Rule, EnvironmentName Environment, bool NeedsGitHub, GateVerdicts Decision) : Rehearsed(Target);
}
