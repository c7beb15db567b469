using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>A repository as the caller sees it.</summary>
internal sealed record RepositoryInfo(
    RepositoryId Id,
    [property: JsonPropertyName("full_name")] RepositoryName Name,
    [property: JsonPropertyName("default_branch")] string? DefaultBranchName,
    bool Private,
    bool Archived,
    string? HtmlUrl,
    string? Description,
    RepositoryInfo.Rights? Permissions)
{
    [JsonIgnore]
    public GitRef? DefaultBranch => DefaultBranchName is { Length: > 0 } name ? GitRef.Branch(name) : null;

    /// <summary>What the caller may do here.</summary>
    [JsonIgnore]
    public RepositoryPermission Permission => Permissions switch
    {
        { Admin: true } => RepositoryPermission.Admin,
        { Maintain: true } => RepositoryPermission.Maintain,
        { Push: true } => RepositoryPermission.Write,
        { Triage: true } => RepositoryPermission.Triage,
        { Pull: true } => RepositoryPermission.Read,
        _ => RepositoryPermission.None,
    };

    /// <summary>GitHub's own form of the permission.</summary>
    internal sealed record Rights(bool Admin, bool Maintain, bool Push, bool Triage, bool Pull);
}

/// <summary>A page of the repositories that a user reaches through one installation, and how many there are in all.</summary>
internal sealed record RepositoryPage(int TotalCount, IReadOnlyList<RepositoryInfo> Repositories)
{
    /// <summary>How many there are on a full page.</summary>
    public const int Size = 100;
}

/// <summary>What somebody may do in a repository; each includes those before it.</summary>
[JsonConverter(typeof(StateConverter<RepositoryPermission>))]
internal enum RepositoryPermission
{
    None,
    Read,
    Triage,
    Write,
    Maintain,
    Admin,
}
