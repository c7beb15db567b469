using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>All that GitHub has to say for the page of a branch's commits, in one call.</summary>
internal static class CommitsPageQuery
{
    private static readonly GraphQlDocument Document = GraphQlDocument.Named("CommitsPage");

    /// <param name="client">The user who looks.</param>
    /// <param name="repository">Where.</param>
    /// <param name="shown">The branch or tag; the default branch if null.</param>
    /// <param name="cursor">From the page before; null for the first.</param>
    /// <param name="branchQuery">Part of the name of the branches to list; null for any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null if the user sees no such repository.</returns>
    public static async Task<BranchCommits?> RunAsync(
        UserClient client,
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
        var data = await client.GraphQlAsync(Document, variables, CommitsPageJson.Default.CommitsPageData, cancellationToken);
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
            Headline.Of(commit.MessageHeadline ?? ""),
            commit.CommittedDate,
            commit.Url ?? "",
            commit.Author?.Name ?? "",
            commit.Author?.User?.Login,
            commit.Author?.AvatarUrl,
            CommitChecks.Combine(commit.StatusCheckRollup, checks),
            checks);
    }
}
