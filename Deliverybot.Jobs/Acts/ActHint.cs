using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts;

/// <summary>What a person can do next. Each surface says in its own way how that is done there.</summary>
internal abstract record ActHint
{
    private ActHint()
    {
    }

    /// <summary>The same with <c>force</c> would pass.</summary>
    public sealed record Force : ActHint;

    /// <summary>Somebody's lock stands in the way.</summary>
    public sealed record LockedBySomebody : ActHint;

    /// <summary>A lock, and when it ends by itself.</summary>
    public sealed record Unlock(EnvironmentName Environment, DateTimeOffset? Until) : ActHint;

    /// <summary>Automatic deployments are held until somebody unlocks.</summary>
    public sealed record LetGo(EnvironmentName Environment) : ActHint;

    /// <summary>What waited for this goes on by itself.</summary>
    public sealed record GoesOn : ActHint;

    public sealed record TryLater : ActHint;
}
