using System.Text.Json;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>What templates can name.</summary>
internal sealed record TemplateValues(RepositoryName Repository, TargetName Target, GitRef Ref, CommitSha Sha)
{
    /// <summary>The pull request that the deployment belongs to, if there is one.</summary>
    public PullRequestNumber? PullRequestNumber { get; init; }

    /// <summary>
    /// GitHub's <see href="https://docs.github.com/rest/commits/commits#get-a-commit">commit</see>,
    /// needed where <see cref="DeployFile.Target.NeedsCommit"/> says so.
    /// </summary>
    public JsonElement? Commit { get; init; }

    /// <summary>
    /// GitHub's <see href="https://docs.github.com/rest/pulls/pulls#get-a-pull-request">pull request</see>,
    /// needed where <see cref="DeployFile.Target.NeedsPullRequest"/> says so and there is one.
    /// </summary>
    public JsonElement? PullRequest { get; init; }
}
