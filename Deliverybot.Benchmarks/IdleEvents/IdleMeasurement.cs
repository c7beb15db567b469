using Deliverybot.Benchmarks.Load;

namespace Deliverybot.Benchmarks.IdleEvents;

/// <summary>What a run of events that nothing waits for took.</summary>
internal sealed record IdleMeasurement(string Title, LoadResult Load, long GitHubCalls, TimeSpan Processor, TimeSpan OwnProcessor);
