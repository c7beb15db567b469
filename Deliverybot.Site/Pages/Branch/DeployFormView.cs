using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.Core;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>What can be done with one commit.</summary>
/// <param name="Ref">The branch or tag that it is looked at on.</param>
/// <param name="Targets">Where it can be deployed to, and what each would do now.</param>
/// <param name="CanPromote">Whether a target waits for somebody to promote it.</param>
/// <param name="LiveIn">The environments that it could be rolled back from.</param>
/// <param name="ReturnUrl">The page to come back to.</param>
internal sealed record DeployFormView(
    RepositoryName Repository,
    CommitSha Sha,
    GitRef Ref,
    IReadOnlyList<TargetLine> Targets,
    bool CanPromote,
    IReadOnlyList<RollbackChoice> LiveIn,
    string ReturnUrl)
{
    /// <summary>The first target that it would go on at; where there is none, the first that it can be deployed to at all.</summary>
    public int Preselected => Math.Max(0, Targets.Index().OrderBy(line => line.Item.Rank).Select(line => line.Index).FirstOrDefault());
}

/// <summary>A target to pick, and what it would do now.</summary>
/// <param name="Name">Its key in <c>deploy.yml</c>.</param>
/// <param name="Word">What would happen, in a sentence; a blank where that hasn't been asked.</param>
/// <param name="Rank">The lower, the more sense it makes.</param>
internal sealed record TargetLine(TargetName Name, string Word, Tone Tone, int Rank = 0)
{
    /// <summary>Not asked: the word keeps its place.</summary>
    public static TargetLine Unasked(TargetName name) => new(name, "\u00a0", Tone.Plain);

    public static TargetLine Of(Prospect prospect) => prospect switch
    {
        { Fault: { } fault } => new(prospect.Target.Name, $"Can’t work here: {fault}", Tone.Bad, Rank: 3),
        { Decision.Stopped: { } stopped } => new(prospect.Target.Name, stopped.Reason, prospect.YieldsToForce ? Tone.Wait : Tone.Bad, Rank: 2),
        { Bearing: { Kind: not BearingKind.Onward, Sentence: var bearing } } =>
            new(prospect.Target.Name, $"{bearing} {prospect.Hold}".TrimEnd(), prospect.Bearing.Kind is BearingKind.Older ? Tone.Wait : Tone.Plain, Rank: 1),
        { Hold: { IsEmpty: false } hold } => new(prospect.Target.Name, $"Ready: goes to {prospect.Environment} at once. {hold}", Tone.Good),
        _ => new(prospect.Target.Name, $"Ready: goes to {prospect.Environment} at once.", Tone.Good),
    };
}

/// <summary>An environment that runs a commit, or that it was tried in.</summary>
/// <param name="Place">What a rollback is to be asked for: the target, or the environment where that isn't one target's alone.</param>
/// <param name="Foreseen">What the rollback would do now.</param>
internal sealed record RollbackChoice(EnvironmentName Environment, string Place, RollbackPreview Foreseen);
