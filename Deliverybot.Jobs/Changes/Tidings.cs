using System.Linq.Expressions;
using Deliverybot.Jobs.GitHub.Transport;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Changes;

/// <summary>What only informs holds up nothing that deploys: what GitHub can't take now is left to a job, and what it refuses is left.</summary>
internal sealed partial class Tidings(IBackgroundJobClientV2 jobs, TimeProvider time, ILogger<Tidings> logger)
{
    /// <param name="tell">Tells it now.</param>
    /// <param name="later">Tells it as it is then.</param>
    public async Task OrLaterAsync<TJob>(Func<Task> tell, Expression<Func<TJob, Task>> later)
    {
        try
        {
            await tell();
        }
        catch (RetryLaterException held)
        {
            PutOff(later, held.At, held.Reason);
        }
        catch (Exception unknown) when (unknown is OutcomeUnknownException or UnreadableAnswerException)
        {
            PutOff(later, time.GetUtcNow() + OutcomeUnknownException.LookAfter, unknown.Message);
        }
        catch (GitHubRefusedException refused)
        {
            Log.Refused(logger, refused.Message);
        }
    }

    private void PutOff<TJob>(Expression<Func<TJob, Task>> later, DateTimeOffset at, string reason) =>
        jobs.Create(later, new ScheduledState(at.UtcDateTime) { Reason = reason });

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What was to be told isn't, and deployments go on without it: {Refusal}")]
        public static partial void Refused(ILogger logger, string refusal);
    }
}
