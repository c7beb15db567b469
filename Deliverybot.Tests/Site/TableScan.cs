namespace Deliverybot.Tests.Site;

/// <summary>One look into a table.</summary>
/// <param name="Table">Which one.</param>
/// <param name="How">PostgreSQL's name for it, <c>Seq Scan</c> for example.</param>
/// <param name="Condition">What was looked for in an index; empty where nothing was.</param>
/// <param name="IsLimited">It ends as soon as enough rows have been found.</param>
/// <param name="Sql">The query that it was part of.</param>
internal sealed record TableScan(string Table, string How, string Condition, bool IsLimited, string Sql)
{
    /// <summary>Looks something up, or takes the first rows in an index's order; never reads all that there is.</summary>
    public bool IsByIndex => Condition.Length > 0 || (IsLimited && How != "Seq Scan");

    public override string ToString() => $"{How} of {Table} {(Condition.Length > 0 ? $"by {Condition}" : "as a whole")}, for{Environment.NewLine}{Sql}";
}
