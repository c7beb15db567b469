namespace Deliverybot.Benchmarks.Reporting;

/// <summary>The figures of a scenario, and what the Site did wrong meanwhile: with faults, the figures are worth nothing.</summary>
internal sealed record ScenarioReport(FigureTable Table, IReadOnlyList<string> Faults);
