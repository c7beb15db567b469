using System.Linq.Expressions;

namespace Deliverybot.Data.Deploying;

/// <summary>The group of causes that gates and pages ask for. It is named once, for C#, for EF Core and for SQL.</summary>
public static class DeploymentCauses
{
    private static readonly DeploymentCause[] Automatic =
        [DeploymentCause.Push, DeploymentCause.PullRequest, DeploymentCause.Release, DeploymentCause.Pipeline];

    /// <summary>The same of rows.</summary>
    /// <remarks>With constants and not with a parameter: only so PostgreSQL sees that <see cref="DeploymentMapping.Order"/> has them all.</remarks>
    public static Expression<Func<Deployment, bool>> AutomaticRows { get; } = RowsOf(Automatic);

    /// <summary>The same in SQL.</summary>
    public static string AutomaticSql { get; } = $"cause in ({string.Join(", ", Automatic.Select(cause => $"'{cause}'"))})";

    /// <summary>An event made the wish: the App's installation carries it out, and it may wait.</summary>
    public static bool IsAutomatic(this DeploymentCause cause) => Automatic.Contains(cause);

    private static Expression<Func<Deployment, bool>> RowsOf(DeploymentCause[] causes)
    {
        var row = Expression.Parameter(typeof(Deployment), "row");
        var cause = Expression.Property(row, nameof(Deployment.Cause));
        var isAny = causes.Select(one => Expression.Equal(cause, Expression.Constant(one))).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<Deployment, bool>>(isAny, row);
    }
}
