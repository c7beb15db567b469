using Deliverybot.Benchmarks.Load;

namespace Deliverybot.Benchmarks.Pages;

/// <summary>What opening one page took.</summary>
/// <param name="Page">Which one.</param>
/// <param name="Times">From sending the request to having the whole answer.</param>
/// <param name="Processor">The Site's own CPU a page.</param>
/// <param name="Bytes">The page itself, as it is sent without compression.</param>
/// <param name="Faults">What was answered instead of the page.</param>
internal sealed record PageMeasurement(SitePage Page, Percentiles Times, TimeSpan Processor, long Bytes, IReadOnlyList<string> Faults);
