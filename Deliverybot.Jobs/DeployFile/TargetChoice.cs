using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>A target that a person named, as <c>deploy.yml</c> has it.</summary>
internal abstract record TargetChoice
{
    private TargetChoice()
    {
    }

    public sealed record Found(Target Target) : TargetChoice;

    /// <summary>There is none of that name, or no sound file at all.</summary>
    public sealed record Unknown(string Reason) : TargetChoice;

    public static TargetChoice From(DeployFileState state, TargetName name) => state switch
    {
        DeployFileState.Valid { Targets: var targets } when targets.Find(name) is { } target => new Found(target),
        DeployFileState.Valid { Targets: var targets } =>
            new Unknown($"{DeployFiles.Path} has no target {name}. It has: {string.Join(", ", targets.All.Select(target => target.Name))}."),
        _ => new Unknown(FaultOf(state)!),
    };

    /// <returns>The sentence why there are no targets; null where the file is sound.</returns>
    public static string? FaultOf(DeployFileState state) => state switch
    {
        DeployFileState.Valid => null,
        DeployFileState.Absent => $"The default branch has no {DeployFiles.Path}.",
        DeployFileState.Unreadable unreadable => unreadable.Reason,
        DeployFileState.Invalid { Errors: [var first, ..] } => $"{DeployFiles.Path} has an error in {first}",
        var other => throw new InvalidOperationException($"A deploy.yml that is {other} has no meaning here."),
    };
}
