using Deliverybot.Data.Activity;
using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Activity;

/// <summary>Who did what, when.</summary>
internal sealed record ActivityLine(
    long Id,
    DateTimeOffset At,
    GitHubLogin Actor,
    ActivityAct Act,
    EnvironmentName? Environment,
    DeploymentId? Deployment,
    CommitSha? Sha,
    string Detail);
