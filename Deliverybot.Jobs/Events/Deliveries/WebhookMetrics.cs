using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Deliverybot.Jobs.Telemetry;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>Counts what is sent to the webhook endpoint. Whoever sends it, the number of series stays small: events that lead to nothing are one.</summary>
internal sealed class WebhookMetrics
{
    private const string Other = "other";

    private readonly Counter<long> _received;
    private readonly ImmutableHashSet<string> _known;

    public WebhookMetrics(IMeterFactory meters, RouteTable routes)
    {
        _known = [.. routes.Events];
        _received = meters.Create(Measuring.MeterName).CreateCounter<long>(
            "deliverybot.webhooks", "{webhook}", "Webhooks that came in, by event and by what was answered.");
    }

    /// <summary>Of those by which an alarm goes: a series that begins with its first one would hide that from whoever asks for the increase.</summary>
    public void Begin()
    {
        foreach (var name in _known.Add(Other))
        {
            Add(0, name, WebhookOutcome.Failed);
            Add(0, name, WebhookOutcome.Unsigned);
        }
    }

    public void Count(string? eventName, WebhookOutcome outcome) => Add(1, eventName, outcome);

    private void Add(int count, string? eventName, WebhookOutcome outcome)
    {
        if (_received.Enabled)
        {
            _received.Add(count, new TagList { { "event", eventName is not null && _known.Contains(eventName) ? eventName : Other }, { "outcome", WordOf(outcome) } });
        }
    }

    private static string WordOf(WebhookOutcome outcome) => outcome switch
    {
        WebhookOutcome.Stored => "stored",
        WebhookOutcome.Ignored => "ignored",
        WebhookOutcome.Unsigned => "unsigned",
        WebhookOutcome.Malformed => "malformed",
        WebhookOutcome.TooLarge => "too_large",
        WebhookOutcome.TooSlow => "too_slow",
        WebhookOutcome.TooOld => "too_old",
        WebhookOutcome.Crowded => "crowded",
        WebhookOutcome.BrokenOff => "broken_off",
        WebhookOutcome.Failed => "failed",
    };
}

internal enum WebhookOutcome
{
    /// <summary>It is in the database, or was there already: 202.</summary>
    Stored,

    /// <summary>It leads to nothing: 202.</summary>
    Ignored,

    /// <summary>401.</summary>
    Unsigned,

    /// <summary>400 or 415.</summary>
    Malformed,

    /// <summary>413.</summary>
    TooLarge,

    /// <summary>408.</summary>
    TooSlow,

    /// <summary>410.</summary>
    TooOld,

    /// <summary>503.</summary>
    Crowded,

    /// <summary>Whoever sent it has gone.</summary>
    BrokenOff,

    /// <summary>It could not be stored: 5xx, and GitHub is asked for it again.</summary>
    Failed,
}
