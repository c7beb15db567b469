using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>A commit of a branch's history.</summary>
/// <param name="AuthorLogin">Null where the author's mail address belongs to no account.</param>
/// <param name="State">Of the checks together, our own statuses left out (but for the promotion).</param>
/// <param name="Checks">The first hundred, our own left out likewise.</param>
internal sealed record BranchCommit(
    CommitSha Sha,
    string Headline,
    DateTimeOffset? CommittedAt,
    string Url,
    string AuthorName,
    GitHubLogin? AuthorLogin,
    string? AuthorAvatarUrl,
    CombinedState State,
    IReadOnlyList<CommitCheck> Checks);
