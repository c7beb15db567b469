using System.Reflection;
using Hangfire.Common;
using Hangfire.States;

namespace Deliverybot.Jobs.Engine;

/// <summary>Somebody waits for this job, or a deployment does: it doesn't stand in line behind webhooks.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UrgentAttribute : Attribute;

/// <summary>
/// Puts urgent jobs <see cref="WorkerShares.Ahead"/> of the others, also after a pause. What the reserved workers have handed to
/// <see cref="WorkerShares.Rest"/> stays there: an account doesn't get more than its share by being urgent.
/// </summary>
/// <remarks>Not Hangfire's <c>QueueAttribute</c>, which would take jobs back from where the workers have put them.</remarks>
internal sealed class UrgentJobs : IElectStateFilter
{
    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is EnqueuedState { Queue: EnqueuedState.DefaultQueue } enqueued && IsUrgent(context.BackgroundJob.Job))
        {
            enqueued.Queue = WorkerShares.Ahead;
        }
    }

    private static bool IsUrgent(Job? job) => job?.Method.IsDefined(typeof(UrgentAttribute)) == true;
}
