using System.Collections.Frozen;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary>What a target can be called.</summary>
internal static class TargetNames
{
    /// <summary>GitHub's limit for the names of environments and contexts, both of which may be made of it.</summary>
    private const int Longest = 255;

    private static readonly FrozenSet<string> Reserved =
        new[] { "help", "force", "promotion", "config" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string? Fault(string name) => name switch
    {
        "" => "is a target without a name",
        _ when Reserved.Contains(name) => "can't be a target's name: help, force, promotion and config are words of commands and commit statuses",
        _ when name.EnumerateRunes().Count() > Longest => $"is too long a name: {Longest} characters are the limit",
        _ when name.Any(char.IsControl) => "is a name with a line break or another control character in it",
        _ => null,
    };
}
