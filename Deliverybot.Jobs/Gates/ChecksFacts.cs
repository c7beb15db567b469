using Deliverybot.Jobs.GitHub.Deployments;

namespace Deliverybot.Jobs.Gates;

/// <summary>The required contexts that are unmet, with the states that GitHub gave.</summary>
internal sealed record ChecksFacts(IReadOnlyList<UnmetCheck> Unmet)
{
    /// <summary>
    /// Of those that were read here: the ones with a run that was skipped or neutral, which GitHub counts as unmet. Where such a run is as
    /// good as a success, GitHub is not asked about its context.
    /// </summary>
    public IReadOnlyList<string> Excused { get; init; } = [];

    /// <summary>The contexts whose next event could change something. A check that was skipped has ended: no event of it is to come.</summary>
    public IEnumerable<string> Awaited => Unmet.Where(check => !check.EndedIdly).Select(check => check.Context);

    /// <summary>Reads GitHub's refusal; where that names no context, none of the required ones counts as good.</summary>
    public static ChecksFacts From(DeploymentCreation.ContextsUnmet refusal, IReadOnlyList<string> required) => new(
        refusal.Contexts is [_, ..]
            ? [.. refusal.Contexts.Select(context => new UnmetCheck(context.Name, context.State))]
            : [.. required.Select(context => new UnmetCheck(context, "unknown"))]);

    /// <summary>
    /// Whether the checks themselves must be read: all have ended and GitHub names only skipped and neutral ones, or events told
    /// that all had ended well (<paramref name="allHadEnded"/>) and GitHub refuses nevertheless.
    /// </summary>
    public bool MustBeRead(bool allHadEnded) => Unmet.All(check => check.EndedIdly) || (allHadEnded && !Unmet.Any(check => check.Failed));
}
