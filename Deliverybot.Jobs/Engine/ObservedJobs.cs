using System.Diagnostics;
using System.Diagnostics.Metrics;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Telemetry;
using Hangfire.Client;
using Hangfire.Server;

namespace Deliverybot.Jobs.Engine;

/// <summary>A job goes on in the trace of whoever left it, however much later: see <see cref="Tracing.Parent"/>.</summary>
internal sealed class TracedJobs : IClientFilter
{
    public const string TraceParent = "TraceParent";

    public void OnCreating(CreatingContext context)
    {
        if (Tracing.Parent is { } parent)
        {
            context.SetJobParameter(TraceParent, parent);
        }
    }

    public void OnCreated(CreatedContext context)
    {
    }
}

/// <summary>Spans of jobs, and how long they take, by their classes.</summary>
internal sealed class ObservedJobs(JobMetrics metrics, TimeProvider time) : IServerFilter
{
    private const string Key = nameof(ObservedJobs);

    public void OnPerforming(PerformingContext context)
    {
        var job = context.BackgroundJob.Job.Type.Name;
        // Who asks for a parameter asks the database: only where somebody collects.
        var span = Tracing.IsOn ? Tracing.Begin($"job {job}", ActivityKind.Consumer, context.GetJobParameter<string?>(TracedJobs.TraceParent)) : null;
        span?.SetTag("deliverybot.job.id", context.BackgroundJob.Id);
        context.Items[Key] = new Begun(job, time.GetTimestamp(), span);
    }

    public void OnPerformed(PerformedContext context)
    {
        if (context.Items.Remove(Key, out var kept) && kept is Begun begun)
        {
            var fault = context.Exception is JobPerformanceException { InnerException: { } inner } ? inner : context.Exception;
            if (fault is not null)
            {
                begun.Span.Fail(fault);
            }

            begun.Span?.Dispose();
            metrics.Ended(begun.Job, fault is null ? "done" : fault is RetryLaterException ? "put_off" : "failed", time.GetElapsedTime(begun.At));
        }
    }

    private sealed record Begun(string Job, long At, Activity? Span);
}

internal sealed class JobMetrics(IMeterFactory meters)
{
    private readonly Histogram<double> _duration = meters.Create(Measuring.MeterName)
        .CreateHistogram("deliverybot.job.duration", "s", "How long jobs took, by class and by how the attempt ended.", tags: null, Measuring.Seconds);

    /// <param name="outcome">One that has failed may be tried again.</param>
    public void Ended(string job, string outcome, TimeSpan took) => _duration.Record(took.TotalSeconds, new TagList { { "job", job }, { "outcome", outcome } });
}
