using Deliverybot.Data.Names;
using Deliverybot.Jobs.Calendar;

namespace Deliverybot.Jobs.Gates;

/// <summary>With <c>window</c>, a target takes deployments at some times of the week only.</summary>
internal sealed class WindowGate : IGate
{
    public string Name => GateNames.Window;

    public Waking WokenBy => Waking.Time;

    public bool YieldsToForce => true;

    public GateDecision Decide(GateFacts facts)
    {
        var wish = facts.Wish;
        if (wish.Target.Window is not { } window)
        {
            return GateDecision.Pass($"{wish.Environment} takes deployments at any time.");
        }

        var zone = facts.Zone;
        if (window.At(WallClock.At(zone, facts.Now)) is { } span)
        {
            return GateDecision.Pass($"It is within {span.Text} ({TimeZones.NameOf(zone)}).");
        }

        var next = window.Opens(zone, facts.Now);
        var reason = WindowWords.Closed(wish.Environment, window, zone, next);
        return wish.Overrides
            ? GateDecision.Override($"Overridden: {reason}.", $"its window ({window.Text})")
            : GateDecision.Hold(wish, $"{reason}.", next);
    }
}

internal static class WindowWords
{
    /// <summary>Without the full stop.</summary>
    /// <param name="next">When it opens; null: not within a year and a month.</param>
    public static Sentence Closed(EnvironmentName environment, Window window, TimeZoneInfo zone, DateTimeOffset? next) =>
        $"{environment} takes deployments {window.Text} ({TimeZones.NameOf(zone)}): {Next(zone, next)}";

    private static string Next(TimeZoneInfo zone, DateTimeOffset? next) =>
        next is { } at ? $"next on {WallClock.Text(zone, at)}" : $"not within the next {WallClock.DaysAhead} days";
}
