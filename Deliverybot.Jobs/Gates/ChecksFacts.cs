using Deliverybot.Jobs.GitHub.Deployments;

namespace Deliverybot.Jobs.Gates;

/// <summary>The required contexts that GitHub named as unmet, with the states it gave.</summary>
internal sealed record ChecksFacts(IReadOnlyList<UnmetCheck> Unmet)
{
    /// <summary>Reads GitHub's refusal; where that names no context, none of the required ones counts as good.</summary>
    public static ChecksFacts From(DeploymentCreation.ContextsUnmet refusal, IReadOnlyList<string> required) => new(
        refusal.Contexts is [_, ..]
            ? [.. refusal.Contexts.Select(context => new UnmetCheck(context.Name, context.State))]
            : [.. required.Select(context => new UnmetCheck(context, "unknown"))]);
}
