using System.Diagnostics;
using System.Diagnostics.Metrics;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>Counts what the gates say, and measures how long it takes until something goes out.</summary>
internal sealed class DeploymentMetrics
{
    private readonly Counter<long> _verdicts;
    private readonly Histogram<double> _delay;
    private readonly TimeProvider _time;

    public DeploymentMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Measuring.MeterName);
        _verdicts = meter.CreateCounter<long>(
            "deliverybot.gate.verdicts", "{verdict}", "What gates said at the looks that were written down, up to the one that didn't let pass.");
        _delay = meter.CreateHistogram(
            "deliverybot.deployment.delay", "s", "From the arrival of the webhook that let a deployment go to its creation at GitHub.", tags: null, Measuring.Seconds);
    }

    /// <summary>To be called for what is written down, not for what would come of something.</summary>
    public void Count(GateVerdicts decision)
    {
        var look = Activity.Current;
        look?.SetTag("deliverybot.gate", decision.Stopped?.Gate)
            .SetTag("deliverybot.verdict", decision.Stopped is { Outcome: var outcome } ? WordOf(outcome) : WordOf(GateOutcome.Pass));
        if (!_verdicts.Enabled)
        {
            return;
        }

        foreach (var verdict in decision.Verdicts)
        {
            _verdicts.Add(1, new TagList { { "gate", verdict.Gate }, { "outcome", verdict.Overridden ? "overridden" : WordOf(verdict.Outcome) } });
            if (verdict.Outcome != GateOutcome.Pass)
            {
                break;
            }
        }
    }

    /// <summary>Of what no event has let go nothing is measured: a person was waiting, or a time had come.</summary>
    public void Created(Occasion occasion)
    {
        if (occasion.Event is { } name)
        {
            _delay.Record((_time.GetUtcNow() - occasion.ReceivedAt).TotalSeconds, new KeyValuePair<string, object?>("event", name));
        }
    }

    private static string WordOf(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Pass => "pass",
        GateOutcome.Wait => "wait",
        GateOutcome.Deny => "deny",
        GateOutcome.Done => "done",
    };
}

/// <summary>What a span of a look at a wish says of it.</summary>
internal static class TracedLook
{
    /// <summary>What has waited goes on in the trace of the event that opened the gate; the one that had brought it is linked.</summary>
    public static async Task DescribeAsync(Activity? look, DeliverybotContext db, Deployment wish, CancellationToken cancellationToken)
    {
        look?.SetTag("deliverybot.deployment.id", wish.Id.Value).SetTag("deliverybot.repository.id", wish.RepositoryId.Value);
        if (look is not { IsAllDataRequested: true } || wish.DeliveryGuid is not { } brought)
        {
            return;
        }

        var parent = await db.WebhookDeliveries.Where(row => row.Guid == brought).Select(row => row.TraceParent).FirstOrDefaultAsync(cancellationToken);
        if (Tracing.ContextOf(parent) is { } origin && origin.TraceId != look.TraceId)
        {
            look.AddLink(new ActivityLink(origin));
        }
    }
}
