using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;
using SandboxRepository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Site;

/// <summary>Writes rows that a page is to show, and waits until the repository they belong to is known.</summary>
internal static class PageRows
{
    public static async Task<RepositoryId> KnownAsync(this House house, SandboxRepository repository)
    {
        var id = new RepositoryId(repository.Id);
        await house.EventuallyAsync(() => house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == id)), "the repository is known");
        return id;
    }

    public static Task WriteAsync(this House house, params object[] rows) => house.ReadAsync(async db =>
    {
        db.AddRange(rows);
        return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    });

    /// <summary>A deployment that has gone well; tests say what is different.</summary>
    public static Deployment Deployment(
        RepositoryId repository,
        string sha,
        string environment = "production",
        DeploymentState state = DeploymentState.Success,
        DeploymentCause cause = DeploymentCause.Push,
        string by = "ada",
        DateTimeOffset? at = null,
        DateTimeOffset? committedAt = null,
        bool transient = false,
        DeploymentAct act = DeploymentAct.Deploy,
        int? pullRequest = null,
        bool force = false,
        string? named = "refs/heads/main")
    {
        var when = at ?? DateTimeOffset.UnixEpoch.AddYears(50);
        return new Deployment
        {
            RepositoryId = repository,
            Target = new TargetName(environment),
            Environment = new EnvironmentName(environment),
            Ref = named is null ? null : new GitRef(named),
            Sha = CommitSha.Parse(sha),
            CommittedAt = committedAt,
            PullRequest = pullRequest is { } number ? new PullRequestNumber(number) : null,
            TransientEnvironment = transient,
            Task = "deploy",
            Force = force,
            Origin = cause is DeploymentCause.Person || act is DeploymentAct.Rollback
                ? DeploymentOrigin.Person(act, DeploymentVia.Web)
                : DeploymentOrigin.Event(cause),
            RequestedBy = Somebody.Called(by),
            State = state,
            CreatedAt = when,
            UpdatedAt = when,
            DeployedAt = state.IsUndeployed() || state == DeploymentState.Waiting ? null : when,
            // What is under way is so as far as anybody can tell: somebody has just told of it.
            StatusAt = state.IsActive() ? TimeProvider.System.GetUtcNow() : null,
            SucceededAt = state == DeploymentState.Success ? when : null,
            EndedAt = state is DeploymentState.Waiting || state.IsActive() ? null : when,
        };
    }
}
