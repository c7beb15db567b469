using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Site.Pages.Config;

/// <summary>The targets that follow each other by <c>after</c>, laid out from left to right: each a column later than the last it waits for.</summary>
internal sealed record PipelineGraph(IReadOnlyList<PipelineGraph.Node> Nodes, IReadOnlyList<PipelineGraph.Edge> Edges)
{
    public const int NodeWidth = 152;
    public const int NodeHeight = 36;

    private const int ColumnWidth = NodeWidth + 56;
    private const int RowHeight = NodeHeight + 16;
    private const int Margin = 2;
    private const int MostLetters = 18;

    public int Width => (2 * Margin) + Nodes.Max(node => node.X) + NodeWidth;

    public int Height => (2 * Margin) + Nodes.Max(node => node.Y) + NodeHeight;

    /// <returns>Null where no target follows another.</returns>
    public static PipelineGraph? Of(DeployTargets targets)
    {
        var linked = EnvironmentOrder.Sort(targets).Where(target => !target.After.IsEmpty || targets.Following(target.Name).Any()).ToList();
        if (linked.Count == 0)
        {
            return null;
        }

        var columns = new Dictionary<TargetName, int>();
        var nodes = linked
            .GroupBy(target => ColumnOf(target, targets, columns))
            .SelectMany(column => column.Select((target, row) => new Node(target.Name, Margin + (column.Key * ColumnWidth), Margin + (row * RowHeight))))
            .ToDictionary(node => node.Target);
        return new PipelineGraph(
            [.. linked.Select(target => nodes[target.Name])],
            [.. linked.SelectMany(target => target.After.Select(earlier => new Edge(nodes[earlier], nodes[target.Name])))]);
    }

    /// <summary>The parser lets no circle pass, so this ends.</summary>
    private static int ColumnOf(Target target, DeployTargets targets, Dictionary<TargetName, int> known)
    {
        if (!known.TryGetValue(target.Name, out var column))
        {
            column = target.After.Select(earlier => ColumnOf(targets.Find(earlier)!, targets, known) + 1).DefaultIfEmpty(0).Max();
            known[target.Name] = column;
        }

        return column;
    }

    internal sealed record Node(TargetName Target, int X, int Y)
    {
        public string Label => Target.Value.Length <= MostLetters ? Target.Value : Cut(Target.Value);

        private static string Cut(string name) =>
            string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[MostLetters - 2]) ? MostLetters - 2 : MostLetters - 1), "…");
    }

    internal sealed record Edge(Node From, Node To)
    {
        private int StartX => From.X + NodeWidth;

        private int StartY => From.Y + (NodeHeight / 2);

        private int EndX => To.X - 5;

        private int EndY => To.Y + (NodeHeight / 2);

        /// <summary>A curve that leaves and arrives level.</summary>
        public string Path => FormattableString.Invariant($"M{StartX} {StartY}C{StartX + 28} {StartY} {EndX - 28} {EndY} {EndX} {EndY}");
    }
}
