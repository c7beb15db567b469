using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>All that GitHub has to say for the page of a branch's commits, in one call.</summary>
internal static class CommitsPageQuery
{
    private static readonly GraphQlDocument Document = GraphQlDocument.Named("CommitsPage");

    /// <param name="transport">The user who looks.</param>
    /// <param name="shown">The branch or tag; the default branch if null.</param>
    /// <param name="cursor">From the page before; null for the first.</param>
    /// <param name="branchQuery">Part of the name of the branches to list; null for any.</param>
    /// <returns>Null if the user sees no such repository.</returns>
    public static async Task<BranchCommits?> RunAsync(
        GitHubTransport transport,
        RepositoryName repository,
        GitRef? shown,
        string? cursor,
        string? branchQuery,
        CancellationToken cancellationToken)
    {
        var variables = new JsonObject
        {
            ["owner"] = repository.Owner,
            ["name"] = repository.Name,
            ["ref"] = shown?.Value ?? "",
            ["useDefault"] = shown is null,
            ["cursor"] = cursor,
            ["branchQuery"] = branchQuery,
        };
        var data = await Document.SendAsync(transport, variables, CommitsPageJson.Default.CommitsPageData, cancellationToken);
        return data?.Repository is { } found ? PageOf(found) : null;
    }

    private static BranchCommits PageOf(CommitsPageData.RepositoryNode repository)
    {
        var shown = repository.Shown ?? repository.ByDefault;
        var history = shown?.Target?.History ?? shown?.Target?.Target?.History;
        return new BranchCommits(
            repository.DatabaseId,
            repository.NameWithOwner,
            repository.IsArchived,
            repository.ViewerPermission ?? RepositoryPermission.None,
            repository.DefaultBranchRef is { } branch ? GitRef.Branch(branch.Name) : null,
            shown is null ? null : new GitRef(shown.Prefix + shown.Name),
            [.. (history?.Nodes ?? []).Select(CommitOf)],
            history?.PageInfo is { HasNextPage: true } page ? page.EndCursor : null,
            [.. (repository.Refs?.Nodes ?? []).Select(node => GitRef.Branch(node.Name))],
            repository.Refs?.TotalCount ?? 0,
            [.. (repository.Tags?.Nodes ?? []).Select(node => GitRef.Tag(node.Name))],
            repository.Tags?.TotalCount ?? 0);
    }

    private static BranchCommit CommitOf(CommitsPageData.CommitNode commit)
    {
        var checks = CommitChecks.Of(commit.StatusCheckRollup);
        return new BranchCommit(
            commit.Oid,
            CommitHeadline.Of(commit.MessageHeadline ?? ""),
            commit.CommittedDate,
            commit.Author?.Name ?? "",
            commit.Author?.User?.Login,
            commit.Author?.AvatarUrl,
            CommitChecks.Combine(commit.StatusCheckRollup, checks),
            checks);
    }
}

/// <summary>A page of the history of a branch or tag, with what is shown around it.</summary>
/// <param name="ViewerPermission">What the user whose token asked may do.</param>
/// <param name="DefaultBranch">Null in an empty repository.</param>
/// <param name="Shown">The branch or tag whose commits these are; null if there is none of that name.</param>
/// <param name="NextCursor">Where the next page goes on; null on the last one.</param>
/// <param name="Branches">The first fifty that match the query.</param>
/// <param name="BranchCount">How many match it in all.</param>
/// <param name="Tags">The newest fifty that match the query.</param>
/// <param name="TagCount">How many match it in all.</param>
internal sealed record BranchCommits(
    RepositoryId Id,
    RepositoryName Name,
    bool IsArchived,
    RepositoryPermission ViewerPermission,
    GitRef? DefaultBranch,
    GitRef? Shown,
    IReadOnlyList<BranchCommit> Commits,
    string? NextCursor,
    IReadOnlyList<GitRef> Branches,
    int BranchCount,
    IReadOnlyList<GitRef> Tags,
    int TagCount);

/// <summary>A commit of a branch's history.</summary>
/// <param name="AuthorLogin">Null where the author's mail address belongs to no account.</param>
/// <param name="State">Of the checks together, our own statuses left out (but for the promotion).</param>
/// <param name="Checks">The first hundred, our own left out likewise.</param>
internal sealed record BranchCommit(
    CommitSha Sha,
    string Headline,
    DateTimeOffset? CommittedAt,
    string AuthorName,
    GitHubLogin? AuthorLogin,
    string? AuthorAvatarUrl,
    CombinedState State,
    IReadOnlyList<CommitCheck> Checks);
