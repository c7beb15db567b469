using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Deploying;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>What a form sends, as text. No act needs all of it.</summary>
public sealed record ActFields
{
    public string? Target { get; init; }

    public string? Environment { get; init; }

    public string? Sha { get; init; }

    /// <summary>The branch or tag that the commit was looked at on, by its short name or whole.</summary>
    public string? Ref { get; init; }

    public string? Force { get; init; }

    public string? Task { get; init; }

    /// <summary>The commit that the form said it goes back to; may be left out.</summary>
    public string? To { get; init; }

    public string? Reason { get; init; }

    public string? Hours { get; init; }

    public string? Id { get; init; }

    public string? ReturnUrl { get; init; }

    internal bool IsForced => string.Equals(Force, "true", StringComparison.OrdinalIgnoreCase);

    internal string ShortSha => CommitSha.TryParse(Sha, out var sha) ? sha.Short : "?";

    /// <param name="defaultBranch">What is meant where no branch was sent.</param>
    /// <returns>Null where none was sent, and the repository has no branch yet.</returns>
    internal CommitSource.LookedAt? LookedAt(GitRef? defaultBranch) => string.IsNullOrWhiteSpace(Ref)
        ? defaultBranch is { } branch ? new CommitSource.LookedAt(branch) : null
        : CommitSource.LookedAt.Named(Ref.Trim());
}
