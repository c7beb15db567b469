using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>The answer to <c>CommitsPage.graphql</c>, field by field.</summary>
internal sealed record CommitsPageData(CommitsPageData.RepositoryNode? Repository)
{
    internal sealed record RepositoryNode(
        RepositoryId DatabaseId,
        RepositoryName NameWithOwner,
        bool IsArchived,
        RepositoryPermission? ViewerPermission,
        Named? DefaultBranchRef,
        RefNode? Shown,
        RefNode? ByDefault,
        RefList? Refs,
        RefList? Tags);

    internal sealed record Named(string Name);

    internal sealed record RefList(int TotalCount, Named[]? Nodes);

    internal sealed record RefNode(string Name, string Prefix, TargetNode? Target);

    /// <summary>A commit, or an annotated tag that points to one.</summary>
    internal sealed record TargetNode(History? History, TargetNode? Target);

    internal sealed record History(PageInfo? PageInfo, CommitNode[]? Nodes);

    internal sealed record PageInfo(bool HasNextPage, string? EndCursor);

    internal sealed record CommitNode(
        CommitSha Oid,
        string? MessageHeadline,
        DateTimeOffset? CommittedDate,
        Actor? Author,
        Rollup? StatusCheckRollup);

    internal sealed record Actor(string? Name, string? AvatarUrl, Account? User);

    internal sealed record Account(GitHubLogin Login);

    internal sealed record Rollup(string? State, ContextList? Contexts);

    internal sealed record ContextList(int TotalCount, ContextNode[]? Nodes);

    /// <summary>A check run or a commit status: the fields of the other are null.</summary>
    internal sealed record ContextNode(
        [property: JsonPropertyName("__typename")] string TypeName,
        string? Name,
        string? Status,
        string? Conclusion,
        string? DetailsUrl,
        string? Context,
        string? State,
        string? TargetUrl);
}

/// <summary>GraphQL names its fields in camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(MomentConverter),
        typeof(NameConverters.Commit),
        typeof(NameConverters.Login),
        typeof(NameConverters.Repository),
        typeof(NameConverters.RepositoryNumber),
    ])]
[JsonSerializable(typeof(CommitsPageData))]
internal sealed partial class CommitsPageJson : JsonSerializerContext;
