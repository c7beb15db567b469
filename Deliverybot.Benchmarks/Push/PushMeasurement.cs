using Deliverybot.Benchmarks.FastGitHub;
using Deliverybot.Benchmarks.Load;

namespace Deliverybot.Benchmarks.Push;

/// <summary>
/// What came of a <see cref="PushRun"/>. <c>ToGitHub</c> is from sending a push to the arrival of its deployment at GitHub;
/// <c>Processor</c> is what the Site's process took, <c>OwnProcessor</c> what the load and the stand-in GitHub took on the
/// same machine; <c>PeakResident</c> is in bytes, since the Site's start.
/// </summary>
internal sealed record PushMeasurement(
    PushRun Run,
    LoadResult Load,
    Percentiles ToGitHub,
    double DeploymentsPerSecond,
    CallCounts Calls,
    TimeSpan Processor,
    TimeSpan OwnProcessor,
    long PeakResident,
    IReadOnlyList<string> Faults);
