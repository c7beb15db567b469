using System.Linq.Expressions;

namespace Deliverybot.Data.Deploying;

/// <summary>The groups of states that gates, jobs and pages ask for. Each is named once, for C#, for EF Core and for SQL.</summary>
public static class DeploymentStates
{
    /// <summary>GitHub has no deployment of it yet, and may get one.</summary>
    public static readonly DeploymentState[] Open = [DeploymentState.Waiting, DeploymentState.Creating];

    /// <summary>On its way at GitHub: takes the slot of a queued environment.</summary>
    public static readonly DeploymentState[] Active = [DeploymentState.Creating, DeploymentState.Pending, DeploymentState.InProgress];

    public static readonly DeploymentState[] Unfinished = [DeploymentState.Waiting, .. Active];

    /// <summary>It was created at GitHub, whatever came of it.</summary>
    public static readonly DeploymentState[] Created =
    [
        DeploymentState.Pending, DeploymentState.InProgress, DeploymentState.Success,
        DeploymentState.Failure, DeploymentState.Error, DeploymentState.Inactive,
    ];

    /// <summary>It ended before GitHub made a deployment of it.</summary>
    public static readonly DeploymentState[] Undeployed = [DeploymentState.Superseded, DeploymentState.Denied, DeploymentState.Cancelled];

    public static Expression<Func<Deployment, bool>> OpenRows { get; } = RowsIn(Open);

    public static Expression<Func<Deployment, bool>> UnfinishedRows { get; } = RowsIn(Unfinished);

    public static bool IsActive(this DeploymentState state) => Active.Contains(state);

    public static bool IsUndeployed(this DeploymentState state) => Undeployed.Contains(state);

    /// <returns>As it stands in SQL after <c>in</c>: <c>('Waiting', 'Creating')</c>.</returns>
    public static string Sql(params IEnumerable<DeploymentState> states) => $"({string.Join(", ", states.Select(state => $"'{state}'"))})";

    /// <remarks>With constants and not with a parameter: only so PostgreSQL sees that a partial index has them all.</remarks>
    private static Expression<Func<Deployment, bool>> RowsIn(DeploymentState[] states)
    {
        var row = Expression.Parameter(typeof(Deployment), "row");
        var state = Expression.Property(row, nameof(Deployment.State));
        var isAny = states.Select(one => Expression.Equal(state, Expression.Constant(one))).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<Deployment, bool>>(isAny, row);
    }

    /// <summary>It ended before anything of it began, so that its environment is as it was.</summary>
    /// <param name="awaitsApproval"><see cref="Deployment.AwaitsApproval"/>: nobody has approved it.</param>
    public static bool CameToNothing(this DeploymentState state, bool awaitsApproval) =>
        state.IsUndeployed() || (awaitsApproval && state is (DeploymentState.Failure or DeploymentState.Error));
}
