using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Faults;

namespace Deliverybot.Jobs.Acts;

/// <summary>What a person has named, or the sentence why it isn't there. Who asks has to say what follows from either.</summary>
internal abstract record Sought<T>
{
    private Sought()
    {
    }

    public abstract TAnswer Match<TAnswer>(Func<T, TAnswer> found, Func<string, TAnswer> missing);

    public sealed record Found(T It) : Sought<T>
    {
        public override TAnswer Match<TAnswer>(Func<T, TAnswer> found, Func<string, TAnswer> missing) => found(It);
    }

    public sealed record Missing(string Why) : Sought<T>
    {
        public override TAnswer Match<TAnswer>(Func<T, TAnswer> found, Func<string, TAnswer> missing) => missing(Why);
    }
}

/// <summary>A target that a person named, as <c>deploy.yml</c> has it.</summary>
internal static class TargetChoice
{
    /// <summary>It is missing where there is none of that name, or no sound file at all.</summary>
    public static Sought<Target> From(DeployFileState state, TargetName name) => state switch
    {
        DeployFileState.Valid { Targets: var targets } when targets.Find(name) is { } target => new Sought<Target>.Found(target),
        DeployFileState.Valid { Targets: var targets } =>
            new Sought<Target>.Missing($"{DeployFiles.Path} has no target {name}{NearestName.Guess(name.Value, [.. targets.All.Select(target => target.Name.Value)])} It has: {string.Join(", ", targets.All.Select(target => target.Name))}."),
        _ => new Sought<Target>.Missing(state.Fault!),
    };
}
