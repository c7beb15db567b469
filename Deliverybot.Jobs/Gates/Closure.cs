using Deliverybot.Data.Names;
using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Gates;

/// <summary>That a target takes no deployments now, by the clock alone: it is frozen, or its window is closed.</summary>
/// <param name="Opens">When it takes them again, by its freezes and its window together; null: nobody can say.</param>
internal sealed record Closure(bool IsFreeze, Sentence Sentence, DateTimeOffset? Opens)
{
    /// <summary>A window may open into a freeze, and a freeze end outside of a window, so often at most.</summary>
    private const int MostTurns = 100;

    /// <param name="targets">Of the environment. It is closed where all of them are; else those that are closed say so by name.</param>
    /// <returns>Each sentence once.</returns>
    public static IReadOnlyList<Closure> Of(IReadOnlyCollection<Target> targets, EnvironmentName environment, DateTimeOffset now)
    {
        var all = new List<(TargetName Name, Closure Closed)>();
        foreach (var target in targets)
        {
            if (Of(target, environment, AccountFacts.Nothing, now) is { } closed)
            {
                all.Add((target.Name, closed));
            }
        }

        return all.Count == targets.Count
            ? [.. all.Select(each => each.Closed).DistinctBy(closed => closed.Sentence)]
            : [.. all.Select(each => each.Closed with { Sentence = $"{each.Name}: {each.Closed.Sentence}" })];
    }

    /// <returns>Null where it is open.</returns>
    public static Closure? Of(Target target, EnvironmentName environment, AccountFacts account, DateTimeOffset now)
    {
        if (target is { Window: null, Freezes: null } && account.Freezes is [])
        {
            return null;
        }

        var zone = TimeZones.Of(target.TimeZone ?? account.TimeZone);
        var frozen = Freezing.At(target, environment, account, zone, now);
        var opens = OpensAt(target, environment, account, zone, now);
        return opens == now ? null
            : frozen is null ? new Closure(IsFreeze: false, $"{WindowWords.Closed(environment, target.Window!, zone, opens)}.", opens)
            : new Closure(IsFreeze: true, $"{FreezeWords.Frozen(environment, frozen, zone)}.{Again(frozen, zone, opens)}", opens);
    }

    private static string Again(Frozen<FreezeSaid> frozen, TimeZoneInfo zone, DateTimeOffset? opens) =>
        opens is { } at && at != frozen.Until ? $" Then it takes deployments on {WallClock.Text(zone, at)}." : "";

    private static DateTimeOffset? OpensAt(Target target, EnvironmentName environment, AccountFacts account, TimeZoneInfo zone, DateTimeOffset now)
    {
        DateTimeOffset? at = now;
        for (var turn = 0; turn < MostTurns && at is { } moment; turn++)
        {
            var next = Freezing.At(target, environment, account, zone, moment) is { } frozen ? frozen.Until
                : target.Window is { } window ? window.Opens(zone, moment)
                : moment;
            if (next == moment)
            {
                return moment;
            }

            at = next;
        }

        return null;
    }
}
