using Deliverybot.Benchmarks.Load;

namespace Deliverybot.Benchmarks.Ingest;

/// <summary>
/// How fast events, or bare rows, were made durable; whether this is the load that the goal is set for; and what the Site's
/// process took, null where PostgreSQL was asked directly.
/// </summary>
internal sealed record IngestMeasurement(string Title, LoadResult Load, bool HasGoal = false, TimeSpan? Processor = null);
