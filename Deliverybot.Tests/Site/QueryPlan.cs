using System.Text.Json;

namespace Deliverybot.Tests.Site;

/// <summary>How PostgreSQL carried out one query, as its EXPLAIN tells it.</summary>
/// <param name="Scans">Every table that it looked into.</param>
internal sealed record QueryPlan(IReadOnlyList<TableScan> Scans)
{
    private const string Prelude = "plan:";
    private const string NodeType = "Node Type";
    private const string IndexCondition = "Index Cond";

    /// <summary>Null when the text, a notice of auto_explain's in the format JSON, tells of something else.</summary>
    public static QueryPlan? Read(string notice)
    {
        var start = notice.IndexOf(Prelude, StringComparison.Ordinal);
        if (!notice.StartsWith("duration:", StringComparison.Ordinal) || start < 0)
        {
            return null;
        }

        using var document = JsonDocument.Parse(notice[(start + Prelude.Length)..]);
        var root = document.RootElement;
        var sql = root.GetProperty("Query Text").GetString()!;
        return new QueryPlan([.. ScansOf(root.GetProperty("Plan"), isLimited: false, sql)]);
    }

    private static IEnumerable<TableScan> ScansOf(JsonElement node, bool isLimited, string sql)
    {
        if (node.TryGetProperty("Relation Name", out var table))
        {
            yield return new TableScan(table.GetString()!, Text(node, NodeType), Condition(node), isLimited, sql);
        }

        foreach (var scan in Below(node).SelectMany(below => ScansOf(below, Text(node, NodeType) == "Limit", sql)))
        {
            yield return scan;
        }
    }

    // A bitmap is made from indexes, which stand below it.
    private static string Condition(JsonElement node) => Text(node, NodeType).StartsWith("Bitmap", StringComparison.Ordinal)
        ? string.Join(" and ", Below(node).Select(Condition).Append(Text(node, IndexCondition)).Where(condition => condition.Length > 0))
        : Text(node, IndexCondition);

    private static JsonElement.ArrayEnumerator Below(JsonElement node) => node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray() : default;

    private static string Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
