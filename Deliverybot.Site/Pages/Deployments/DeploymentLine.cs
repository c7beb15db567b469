using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>A deployment in the list.</summary>
internal sealed record DeploymentLine(
    DeploymentId Id,
    TargetName Target,
    EnvironmentName Environment,
    GitRef? Ref,
    CommitSha Sha,
    string Told,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DeployedAt,
    StateView State,
    string? Reason,
    bool IsPreview,
    bool NeedsPromotion,
    string? Took,
    AgainView? Again,
    BackView? Back);
