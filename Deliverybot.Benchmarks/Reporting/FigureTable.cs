namespace Deliverybot.Benchmarks.Reporting;

/// <summary>What a scenario measured.</summary>
internal sealed record FigureTable(
    string Title, IReadOnlyList<string> Columns, IReadOnlyList<FigureRow> Rows, IReadOnlyList<string> Notes);
