using System.Globalization;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts.Locks;

internal sealed record LockRequest
{
    /// <summary>As the person wrote it, in any case.</summary>
    public required EnvironmentName Environment { get; init; }

    public string? Reason { get; init; }

    /// <summary>How long it holds; null: until somebody unlocks.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The open pull request it is taken in: the lock ends with that.</summary>
    public PullRequestNumber? PullRequest { get; init; }
}

/// <summary>Why somebody locks, in one line.</summary>
internal static class LockReason
{
    public const int Longest = 200;

    /// <summary>One line without white space around it; empty where nothing was said.</summary>
    public static string Read(string? text) =>
        string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <returns>The sentence what is wrong; null if nothing is.</returns>
    public static string? FaultOf(string reason)
    {
        if (reason.Any(char.IsControl))
        {
            return "The reason has characters in it that can't be shown.";
        }

        var length = new StringInfo(reason).LengthInTextElements;
        return length <= Longest && reason.Length <= Longest * 4
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The reason has {length} characters. Say it in {Longest}.");
    }
}
