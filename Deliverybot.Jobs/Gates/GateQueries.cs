using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Gates;

/// <summary>The queries of every look at a wish, compiled once: they are the hot path.</summary>
internal static class GateQueries
{
    /// <summary>What waits for, or is on its way to, an environment, the oldest first; without a queue only what is of the same commit matters.</summary>
    public static readonly Func<DeliverybotContext, RepositoryId, string, DeploymentId, bool, CommitSha, IAsyncEnumerable<Placed>> Unfinished =
        EF.CompileAsyncQuery((DeliverybotContext db, RepositoryId repository, string environmentKey, DeploymentId but, bool queued, CommitSha sha) =>
            db.Deployments.AsNoTracking()
                .Where(row => row.RepositoryId == repository && row.EnvironmentKey == environmentKey && row.Id != but)
                .Where(row => queued || row.Sha == sha)
                .Where(row => row.State == DeploymentState.Waiting || row.State == DeploymentState.Creating
                    || row.State == DeploymentState.Pending || row.State == DeploymentState.InProgress)
                .OrderBy(row => row.Id)
                .Select(row => new Placed(
                    row.State,
                    row.Gate,
                    new PlacedFacts(row.Id, row.Target, row.Sha, row.Task, row.RequestedBy, row.Trigger == DeploymentTrigger.External))));

    public static readonly Func<DeliverybotContext, RepositoryId, string, IAsyncEnumerable<EnvironmentLock>> Locks =
        EF.CompileAsyncQuery((DeliverybotContext db, RepositoryId repository, string environmentKey) =>
            db.Locks.AsNoTracking().Where(held => held.RepositoryId == repository && held.EnvironmentKey == environmentKey));

    public static readonly Func<DeliverybotContext, RepositoryId, GitRef, Task<HeadFacts?>> Head =
        EF.CompileAsyncQuery((DeliverybotContext db, RepositoryId repository, GitRef name) =>
            db.RefHeads.AsNoTracking()
                .Where(head => head.RepositoryId == repository && head.Ref == name)
                .Select(head => new HeadFacts(head.Sha))
                .FirstOrDefault());

    /// <summary>Later wishes of another commit for the same ref and target that have not ended undeployed, the newest first.</summary>
    public static readonly Func<DeliverybotContext, RepositoryId, DeploymentId, TargetName, GitRef, CommitSha, IAsyncEnumerable<Later>> Newer =
        EF.CompileAsyncQuery((DeliverybotContext db, RepositoryId repository, DeploymentId than, TargetName target, GitRef name, CommitSha sha) =>
            db.Deployments.AsNoTracking()
                .Where(row => row.RepositoryId == repository && row.Id > than && row.Target == target && row.Ref == name && row.Sha != sha)
                .Where(row => row.State != DeploymentState.Superseded && row.State != DeploymentState.Denied && row.State != DeploymentState.Cancelled)
                .OrderByDescending(row => row.Id)
                .Select(row => new Later(row.Sha, row.State)));

    /// <summary>The newest deployment of an environment that has succeeded, whatever became of it since.</summary>
    public static readonly Func<DeliverybotContext, RepositoryId, string, Task<Placed?>> LastSuccess =
        EF.CompileAsyncQuery((DeliverybotContext db, RepositoryId repository, string environmentKey) =>
            db.Deployments.AsNoTracking()
                .Where(row => row.RepositoryId == repository && row.EnvironmentKey == environmentKey && row.SucceededAt != null)
                .OrderByDescending(row => row.SucceededAt)
                .Select(row => new Placed(
                    row.State,
                    row.Gate,
                    new PlacedFacts(row.Id, row.Target, row.Sha, row.Task, row.RequestedBy, row.Trigger == DeploymentTrigger.External)))
                .FirstOrDefault());

    internal sealed record Placed(DeploymentState State, string? Gate, PlacedFacts Facts);

    internal sealed record Later(CommitSha Sha, DeploymentState State);
}
