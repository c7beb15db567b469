using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core;

/// <content>What PostgreSQL answers, row by row.</content>
internal sealed partial class LastingEnvironments
{
    /// <summary>What the newest deployment says of its place, and the last that succeeded there.</summary>
    private sealed record Place(
        bool WasThere, bool IsPreview, IReadOnlyList<TargetName> Targets, IReadOnlyList<TargetName> After, bool IsProduction, LiveCommit? Live);

    private sealed record LockedRow(long RepositoryId, string Environment);

    /// <remarks>As EF Core reads what is no entity: it knows nothing of our names there.</remarks>
    private sealed record NewestRow(long RepositoryId, string Environment, long Id, string State, bool AwaitsApproval, DateTimeOffset? GoneAt, long? FailedId)
    {
        public Newest Read()
        {
            var state = Enum.Parse<DeploymentState>(State);
            var failed = Standing.Fails(state, AwaitsApproval, GoneAt) ? Id : FailedId;
            return new Newest(
                new RepositoryId(RepositoryId), new EnvironmentName(Environment), new DeploymentId(Id), state, AwaitsApproval, failed is { } id ? new DeploymentId(id) : null)
            {
                Unapproved = AwaitsApproval && GoneAt is null && state.CameToNothing(AwaitsApproval) ? new DeploymentId(Id) : null,
            };
        }
    }

    /// <inheritdoc cref="NewestRow"/>
    private sealed record LastRow(
        long Id,
        string Target,
        bool ProductionEnvironment,
        string? After,
        long? LastId,
        string? LastTarget,
        string? Sha,
        string? LastState,
        string? Ref,
        string? Branch,
        string? Cause,
        DateTimeOffset? CreatedAt,
        DateTimeOffset? SucceededAt,
        bool? IsTransient,
        bool? IsForced,
        string? Head)
    {
        public Place Read() => new(
            LastId is not null,
            IsTransient is true,
            [.. new[] { Target, LastTarget }.OfType<string>().Distinct().Select(name => new TargetName(name))],
            AfterOf(After),
            ProductionEnvironment,
            LiveOf());

        private LiveCommit? LiveOf() => LastState == nameof(DeploymentState.Success) && LastId is { } id && Sha is { } sha && SucceededAt is { } since
            ? new LiveCommit(
                new DeploymentId(id),
                new CommitSha(sha),
                Ref is null ? null : new GitRef(Ref),
                Branch is null ? null : new GitRef(Branch),
                Cause == nameof(DeploymentCause.Push),
                CreatedAt ?? since,
                since,
                Head is null ? null : new CommitSha(Head),
                IsForced is true)
            : null;
    }
}
