namespace Deliverybot.Benchmarks;

/// <summary>A run can't go on; the message is for whoever started it.</summary>
internal sealed class BenchmarkFailedException(string message) : Exception(message);
