using Hangfire.Common;
using Hangfire.States;

namespace Deliverybot.Jobs.Engine;

/// <summary>
/// Hangfire keeps the time for which a job is scheduled in whole seconds, the fraction cut off, so it would come up to a second too early:
/// before a limit or a lock has ended. Here the time is rounded up instead.
/// </summary>
internal sealed class WholeSeconds : IElectStateFilter
{
    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is ScheduledState { EnqueueAt: var at } early && at.Ticks % TimeSpan.TicksPerSecond is > 0 and var fraction)
        {
            context.CandidateState = new ScheduledState(at.AddTicks(TimeSpan.TicksPerSecond - fraction)) { Reason = early.Reason };
        }
    }
}

/// <summary>The filters that methods and classes name, and ours for all jobs.</summary>
internal sealed class JobFilters(params object[] ours) : IJobFilterProvider
{
    private readonly JobFilter[] _ours =
        [new JobFilter(new WholeSeconds(), JobFilterScope.Global, order: int.MaxValue), .. ours.Select(filter => new JobFilter(filter, JobFilterScope.Global, order: null))];

    public IEnumerable<JobFilter> GetFilters(Job? job) => JobFilterProviders.Providers.GetFilters(job).Concat(_ours);
}
