using System.Collections.Immutable;
using Deliverybot.Jobs.Events.AutoDeploy;
using Deliverybot.Jobs.Events.Branches;
using Deliverybot.Jobs.Events.Checks;
using Deliverybot.Jobs.Events.Comments;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Deployments;
using Deliverybot.Jobs.Events.Installations;
using Deliverybot.Jobs.Events.PullRequests;

namespace Deliverybot.Jobs.Events;

/// <summary>
/// Which events lead to something, and who is handed them. Nothing else is stored. The App's registration, the set-up page, SECURITY.md,
/// README.md and docs/operating.md name the same events; tests hold them to this list.
/// </summary>
internal static class Routes
{
    public static readonly ImmutableArray<Route> All =
    [
        // Pages that look when they hear of it see what has come of the push.
        Route.Of("push").To<PushHandler>().To<HeadNewsHandler>() with { SignedAt = SignedTimes.OfPush },
        Route.Of("pull_request", "opened", "reopened", "synchronize", "closed").To<PullRequestHandler>() with { SignedAt = SignedTimes.OfPullRequest },
        Route.Of("release", "published").To<ReleaseHandler>() with { SignedAt = SignedTimes.OfRelease },
        Route.Of("issue_comment", "created").To<CommandHandler>() with { IsTalk = CommentSignal.IsTalk, SignedAt = SignedTimes.OfComment },
        Route.Of("status").To<StatusHandler>() with { CountsOnce = false, Check = CheckSignal.OfStatus },
        Route.Of("check_run", "completed").To<CheckRunHandler>() with { CountsOnce = false, Check = CheckSignal.OfRun },
        Route.Of("check_suite", "completed").To<CheckSuiteHandler>() with { CountsOnce = false, Check = CheckSignal.OfSuite },
        Route.Of("deployment").To<DeploymentHandler>() with { SignedAt = SignedTimes.OfDeployment },
        // What a deployment has come to is written down before a pipeline goes on from there.
        Route.Of("deployment_status").To<DeploymentStatusHandler>().To<PipelineHandler>() with { SignedAt = SignedTimes.OfDeploymentStatus },
        Route.Of("repository").To<RepositoryHandler>() with { CountsOnce = false },
        Route.Of("installation").To<InstallationHandler>() with { CountsOnce = false, IsSentUnasked = true },
        Route.Of("installation_repositories").To<InstallationRepositoriesHandler>() with { CountsOnce = false, IsSentUnasked = true },
    ];

    /// <summary>What the App subscribes to, in the order of their names.</summary>
    public static readonly ImmutableArray<string> Subscribed = [.. All.Where(route => !route.IsSentUnasked).Select(route => route.Event).Order(StringComparer.Ordinal)];

    public static readonly RouteTable Table = new(All);
}
