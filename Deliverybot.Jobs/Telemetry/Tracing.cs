using System.Diagnostics;

namespace Deliverybot.Jobs.Telemetry;

/// <summary>
/// What this program does, as spans of OpenTelemetry; where nobody collects them it costs a look at a field. They bear numbers, GUIDs and
/// words of ours: never a token, a payload, or what people have written.
/// </summary>
internal static class Tracing
{
    public const string SourceName = "Deliverybot";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether somebody collects.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>
    /// To be stored beside work that is left to later, or to another process, which goes on in the same trace (docs/decisions/0019); null
    /// where nobody collects. Without <c>tracestate</c> and baggage: whoever calls us would choose what they hold.
    /// </summary>
    public static string? Parent => IsOn && Activity.Current is { IdFormat: ActivityIdFormat.W3C } here ? here.Id : null;

    /// <param name="name">Of few different ones.</param>
    /// <param name="parent">What <see cref="Parent"/> was where it was left; null for a part of what is being done now.</param>
    public static Activity? Begin(string name, ActivityKind kind = ActivityKind.Internal, string? parent = null)
    {
        if (!IsOn)
        {
            return null;
        }

        if (ContextOf(parent) is not { } context)
        {
            return Source.StartActivity(name, kind);
        }

        // It goes on where it was left. What it is worked off by, a job for instance, has a trace of its own, and is linked.
        ActivityLink[] links = Activity.Current is { } by && by.TraceId != context.TraceId ? [new ActivityLink(by.Context)] : [];
        return Source.StartActivity(name, kind, context, links: links);
    }

    public static ActivityContext? ContextOf(string? parent) =>
        ActivityContext.TryParse(parent, traceState: null, isRemote: true, out var context) ? context : null;

    /// <summary>Its kind alone: a message may repeat what somebody has sent.</summary>
    public static void Fail(this Activity? activity, Exception fault) =>
        activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", fault.GetType().FullName);
}
