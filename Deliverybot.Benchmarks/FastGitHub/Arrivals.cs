using System.Diagnostics;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>When a commit's first deployment arrived, in <see cref="Stopwatch"/> ticks, and how many did.</summary>
internal readonly record struct Arrivals(long FirstAt, int Times);
