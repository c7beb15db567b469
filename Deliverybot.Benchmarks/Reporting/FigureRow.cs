namespace Deliverybot.Benchmarks.Reporting;

/// <summary>A measure over all columns, what is to be reached, and what the Node app before this one managed.</summary>
internal sealed record FigureRow(string Measure, IReadOnlyList<Figure> Figures, string ToReach = "", string NodeApp = "");
