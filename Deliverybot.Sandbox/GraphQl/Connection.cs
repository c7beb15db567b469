using System.Globalization;
using System.Text;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>One page of a list. https://docs.github.com/en/graphql/guides/using-pagination-in-the-graphql-api</summary>
internal sealed class Connection<T>
{
    private const int LargestPage = 100;

    private Connection(IReadOnlyList<Edge<T>> edges, int totalCount, PageInfo pageInfo)
    {
        Edges = edges;
        TotalCount = totalCount;
        PageInfo = pageInfo;
    }

    public IReadOnlyList<Edge<T>> Edges { get; }

    public IEnumerable<T> Nodes => Edges.Select(edge => edge.Node);

    public int TotalCount { get; }

    public PageInfo PageInfo { get; }

    public static Connection<T> Of(string name, IReadOnlyList<T> items, int? first, string? after)
    {
        var size = first ?? throw new GraphQlProblem(
            "MISSING_PAGINATION_BOUNDARIES",
            $"You must provide a `first` or `last` value to properly paginate the `{name}` connection.");
        if (size > LargestPage)
        {
            throw new GraphQlProblem(
                "EXCESSIVE_PAGINATION",
                $"Requesting {size} records on the `{name}` connection exceeds the `first` limit of {LargestPage} records.");
        }

        var start = after is null ? 0 : Position(after) + 1;
        var edges = items.Skip(start).Take(size).Select((item, index) => new Edge<T>(Cursor(start + index), item)).ToList();
        var info = new PageInfo(start + edges.Count < items.Count, start > 0, edges.FirstOrDefault()?.Cursor, edges.LastOrDefault()?.Cursor);
        return new Connection<T>(edges, items.Count, info);
    }

    private static string Cursor(int position) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"cursor:{position.ToString(CultureInfo.InvariantCulture)}"));

    private static int Position(string cursor)
    {
        try
        {
            return int.Parse(Encoding.ASCII.GetString(Convert.FromBase64String(cursor))["cursor:".Length..], CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentOutOfRangeException)
        {
            throw new GraphQlProblem("INVALID_CURSOR_ARGUMENTS", $"`{cursor}` does not appear to be a valid cursor.");
        }
    }
}
