using Deliverybot.Jobs.GitHub.Transport;
using Hangfire.Common;
using Hangfire.States;

namespace Deliverybot.Jobs.Engine;

/// <summary>
/// Puts a job off until the time that GitHub names: that is no failure and uses up no attempt. What nobody names an end of (a fault of
/// GitHub's, or that it doesn't let the App in) is tried again after growing pauses, for a day; then the job has failed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RetryLaterAttribute : JobFilterAttribute, IElectStateFilter
{
    private const string Pauses = "Pauses";

    private static readonly TimeSpan First = TimeSpan.FromSeconds(20);

    /// <summary>A fault may be one address's alone, and costs a worker GitHub's whole patience each time.</summary>
    private static readonly TimeSpan LongestForFault = TimeSpan.FromMinutes(30);

    /// <summary>Whoever isn't let in is told so without a call; and what was mended is to be noticed soon.</summary>
    private static readonly TimeSpan LongestForAccess = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Lasting = TimeSpan.FromDays(1);

    public RetryLaterAttribute()
    {
        // Before AutomaticRetry, whose order is 20.
        Order = 10;
    }

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is FailedState { Exception: RetryLaterException later } && TimeOf(later, context) is { } at)
        {
            context.CandidateState = new ScheduledState(at) { Reason = later.Reason };
        }
    }

    private static DateTime? TimeOf(RetryLaterException later, ElectStateContext context)
    {
        var at = later.At.UtcDateTime;
        if (later.Holdup is Holdup.Limit)
        {
            return at;
        }

        if (at - context.BackgroundJob.CreatedAt > Lasting)
        {
            return null;
        }

        var pauses = context.GetJobParameter<int>(Pauses);
        context.SetJobParameter(Pauses, pauses + 1);
        return at + Longer(pauses, later.Holdup is Holdup.Access ? LongestForAccess : LongestForFault);
    }

    /// <summary>By how much the pause is longer than the first.</summary>
    private static TimeSpan Longer(int pauses, TimeSpan longest)
    {
        var grown = First * Math.Pow(2, Math.Min(pauses, 16));
        return (grown < longest ? grown : longest) - First;
    }
}
