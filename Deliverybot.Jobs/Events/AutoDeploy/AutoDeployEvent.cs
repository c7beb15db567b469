using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Events.AutoDeploy;

/// <summary>An event that targets may want deployed.</summary>
internal sealed record AutoDeployEvent
{
    public required Repository Repository { get; init; }

    public required GitRef Ref { get; init; }

    public required CommitSha Sha { get; init; }

    public required DeploymentCause Cause { get; init; }

    public required GitHubUser By { get; init; }

    public required WebhookDeliveryGuid Delivery { get; init; }

    /// <summary>When the commit was made, where the event tells.</summary>
    public DateTimeOffset? CommittedAt { get; init; }

    public PullRequestNumber? PullRequest { get; init; }

    /// <summary>The branch had moved on before the event came: its commit belongs before what is known already.</summary>
    public bool CameLate { get; init; }

    /// <summary>The branch was known to be there before the event told: its commit may have gone out in the place of an earlier one.</summary>
    public bool WasKnown { get; init; }

    /// <summary>Whether a target wants the event.</summary>
    public required Func<Target, bool> Wanted { get; init; }

    /// <summary>Asked once, where a target wants the event: whether whoever brought it about may deploy. Null: GitHub asked for that right already.</summary>
    public Func<CancellationToken, Task<bool>>? MayDeploy { get; init; }

    /// <summary>Where <c>deploy.yml</c> is read: the head as the push left it or, if that came late, as it is now, where the push was to the default branch; null: the default branch.</summary>
    public CommitSha? RulesAt { get; init; }
}
