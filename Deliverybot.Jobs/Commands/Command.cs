using System.Collections.Immutable;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Commands;

/// <summary>What a person asks for in words. The names are as they were written: whether there is such a thing is for others to say.</summary>
internal abstract record Command
{
    private Command()
    {
    }

    /// <param name="Targets">Each once, in the order they were named.</param>
    /// <param name="Sha">The commit, if one was named.</param>
    /// <param name="Force">Without regard to order, queue and checks.</param>
    public sealed record Deploy(ImmutableArray<TargetName> Targets, ShaPrefix? Sha, bool Force) : Command;

    /// <summary>Which targets there are, and what each would do now.</summary>
    public sealed record Help : Command;

    public sealed record Promote : Command;

    public sealed record Lock(EnvironmentName Environment, LockTerms Terms) : Command;

    public sealed record Unlock(EnvironmentName Environment) : Command;

    public sealed record Rollback(TargetName Target) : Command;

    public sealed record Status : Command;

    public sealed record Cancel(TargetName Target) : Command;
}
