using Deliverybot.Benchmarks.Reporting;

namespace Deliverybot.Benchmarks;

/// <summary>One of the things that can be measured.</summary>
internal interface IScenario
{
    Task<ScenarioReport> RunAsync(CancellationToken cancellationToken);
}
