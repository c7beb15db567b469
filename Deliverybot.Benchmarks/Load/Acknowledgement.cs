using System.Diagnostics;

namespace Deliverybot.Benchmarks.Load;

/// <summary>When a webhook was sent and answered, in <see cref="Stopwatch"/> ticks, and with which status code.</summary>
internal readonly record struct Acknowledgement(long SentAt, long AnsweredAt, int Status)
{
    public TimeSpan Took => Stopwatch.GetElapsedTime(SentAt, AnsweredAt);
}
