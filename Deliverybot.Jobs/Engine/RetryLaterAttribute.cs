using Deliverybot.Jobs.GitHub;
using Hangfire.Common;
using Hangfire.States;

namespace Deliverybot.Jobs.Engine;

/// <summary>Puts a job off until the time that GitHub names. That is no failure and uses up no attempt.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RetryLaterAttribute : JobFilterAttribute, IElectStateFilter
{
    public RetryLaterAttribute()
    {
        // Before AutomaticRetry, whose order is 20.
        Order = 10;
    }

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is FailedState { Exception: RetryLaterException later })
        {
            context.CandidateState = new ScheduledState(later.At.UtcDateTime) { Reason = later.Reason };
        }
    }
}
