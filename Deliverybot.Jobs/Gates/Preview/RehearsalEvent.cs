using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates.Preview;

/// <summary>Something that could happen, with a commit that nobody has seen yet.</summary>
internal abstract record RehearsalEvent(GitRef Ref)
{
    /// <summary>Stands for the commit that the event would bring, as in the documentation.</summary>
    public static readonly CommitSha NewCommit = CommitSha.Parse("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");

    /// <summary>A branch or tag is pushed.</summary>
    public sealed record Push(GitRef Ref) : RehearsalEvent(Ref);

    /// <summary>A pull request from a branch of the repository is opened, or gets commits.</summary>
    public sealed record PullRequest(GitRef Ref, PullRequestNumber Number) : RehearsalEvent(Ref);

    /// <summary>A release of a tag is published.</summary>
    public sealed record Release(GitRef Ref) : RehearsalEvent(Ref);

    public DeploymentCause Cause => this switch
    {
        Push => DeploymentCause.Push,
        PullRequest => DeploymentCause.PullRequest,
        Release => DeploymentCause.Release,
        _ => throw new InvalidOperationException($"Nothing is set off by {this}."),
    };

    /// <summary>The rule by which a target wants the event; null if none does.</summary>
    public AutoDeployRule? RuleOf(Target target) => this switch
    {
        Push => target.AutoDeployOn.FirstOrDefault(rule => rule.Matches(Ref)),
        PullRequest => target.AutoDeployOn.FirstOrDefault(rule => rule is AutoDeployRule.PullRequest),
        Release => target.AutoDeployOn.FirstOrDefault(rule => rule is AutoDeployRule.Release),
        _ => throw new InvalidOperationException($"No rule is about {this}."),
    };
}
