using System.Collections.Concurrent;
using System.Diagnostics;
using Deliverybot.Jobs.Telemetry;
using Deliverybot.Tests.Harness;
using Xunit;

namespace Deliverybot.Tests.Jobs.Telemetry;

/// <summary>The spans of this process while it lasts, as a collector would get them.</summary>
internal sealed class Spans : IDisposable
{
    /// <summary>Whose spans <c>Telemetry</c> has sent.</summary>
    private static readonly string[] Sources = [Tracing.SourceName, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly ActivityListener listener;
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Spans()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => Sources.Contains(source.Name),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                ended.Enqueue(span);
                Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Those of a trace that have ended, the first to begin first.</summary>
    public IReadOnlyList<Activity> Of(string traceParent) => Of(ActivityContext.Parse(traceParent, null).TraceId);

    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. ended.Where(span => span.TraceId == trace).OrderBy(span => span.StartTimeUtc)];

    /// <summary>The spans of that name in a trace, as soon as so many have ended: that is a moment after what they were of can be seen.</summary>
    public async Task<IReadOnlyList<Activity>> AwaitAsync(string traceParent, string name, int times = 1) =>
        await AwaitAsync(ActivityContext.Parse(traceParent, null).TraceId, name, times);

    public async Task<IReadOnlyList<Activity>> AwaitAsync(ActivityTraceId trace, string name, int times = 1)
    {
        while (true)
        {
            var ends = Volatile.Read(ref next).Task;
            if (Of(trace).Where(span => span.OperationName == name).ToList() is var found && found.Count >= times)
            {
                return found;
            }

            await ends.WaitAsync(Happenings.Patience, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => listener.Dispose();

    /// <summary>All that it would tell.</summary>
    public static string TextOf(Activity span) => string.Join(
        '\n',
        [
            span.OperationName, span.DisplayName, span.StatusDescription, span.TraceStateString,
            .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
            .. span.Events.SelectMany(happened => happened.Tags.Select(tag => $"{tag.Key}={tag.Value}").Append(happened.Name)),
            .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
        ]);
}
