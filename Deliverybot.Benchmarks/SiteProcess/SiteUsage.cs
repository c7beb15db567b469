namespace Deliverybot.Benchmarks.SiteProcess;

/// <summary>What the Site's process has taken so far; memory in bytes.</summary>
internal readonly record struct SiteUsage(TimeSpan Processor, long Resident, long PeakResident);
