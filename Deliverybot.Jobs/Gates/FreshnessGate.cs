using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Gates;

/// <summary>An event's commit is deployed while it is the newest; where that would starve a busy branch, until a newer one has gone out.</summary>
internal sealed class FreshnessGate : IGate
{
    public string Name => GateNames.Freshness;

    public Waking WokenBy => Waking.None;

    public bool YieldsToForce => false;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        return facts switch
        {
            { Overtaking: { } other } when other.Sha == wish.Sha => GateDecision.Done($"{wish.Sha.Short} was deployed to {wish.Environment} already, after this was asked for."),
            { Overtaking: { } other } =>
                GateDecision.Done($"{other.Sha.Short} was deployed to {wish.Environment} after this was asked for. Ask again if {wish.Sha.Short} is to replace it."),
            { Wish.IsAutomatic: false } => GateDecision.Pass($"A person chose the commit."),
            // A wish that was put off may be a later row than its successor: the head itself is never overtaken.
            { Head: { Sha: { } head } } when head == wish.Sha => GateDecision.Pass($"{wish.Sha.Short} is the head of {NameOf(wish.Ref)}."),
            { Newer: { Created: true } newer } => GateDecision.Done($"{newer.Sha.Short} is newer and was deployed first."),
            { Newer: { } newer } when wish.Target.OnlyLatest => GateDecision.Done($"{newer.Sha.Short} is newer and takes its place."),
            { Head: { Sha: null } } => GateDecision.Deny($"{NameOf(wish.Ref)} was deleted."),
            { Head: { Sha: { } head } } when wish.Target.OnlyLatest =>
                GateDecision.Done($"{NameOf(wish.Ref)} has moved on to {head.Short}."),
            { Head: { } } => GateDecision.Pass($"{NameOf(wish.Ref)} has moved on, but nothing newer has been deployed."),
            { Head: null } => GateDecision.Pass($"Nothing newer than {wish.Sha.Short} is known."),
        };
    }

    private static string NameOf(GitRef? name) => name?.ShortName ?? "The commit";
}

internal sealed partial record GateFacts
{
    /// <summary>Where its branch points; null where no push has told.</summary>
    public HeadFacts? Head { get; init; }

    /// <summary>What was deployed to the environment after a request was made that waits; null where nothing was.</summary>
    public PlacedFacts? Overtaking { get; init; }

    /// <summary>The newest later wish for the same ref and target.</summary>
    public NewerWishFacts? Newer { get; init; }
}

/// <summary>Where a branch points; no sha: it was deleted.</summary>
internal sealed record HeadFacts(CommitSha? Sha);

/// <summary>A later wish for the same ref and target, and whether GitHub has made a deployment of it.</summary>
internal sealed record NewerWishFacts(CommitSha Sha, bool Created);
