using Deliverybot.Data.Names;
using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Site.Pages.Config;

/// <summary>When targets take deployments in this week, each by its own clock, and all freezes of the file.</summary>
/// <param name="Targets">Those that don’t take them at any time.</param>
internal sealed record WeekView(IReadOnlyList<WeekView.Row> Targets, IReadOnlyList<WeekView.FreezeLine> Freezes)
{
    /// <summary>How wide a week is drawn: a minute is one.</summary>
    public const int Width = 7 * Day;

    private const int Day = 24 * 60;

    /// <returns>Null where nothing is bound to a time.</returns>
    public static WeekView? Of(DeployTargets targets, DateTimeOffset now)
    {
        var bound = EnvironmentOrder.Sort(targets).Where(target => target is not { Window: null, Freezes: null }).ToList();
        var freezes = targets.Rules.Freezes?.All ?? [];
        return bound is [] && freezes is [] ? null : new WeekView(
            [.. bound.Select(target => RowOf(target, now))],
            [.. freezes.Select(freeze => LineOf(freeze, targets, now)).OrderBy(line => line.IsOver)]);
    }

    private static Row RowOf(Target target, DateTimeOffset now)
    {
        var wall = WallClock.At(target.Zone, now);
        var today = DateOnly.FromDateTime(wall);
        var monday = today.AddDays(-WeekDays.IndexOf(today)).ToDateTime(TimeOnly.MinValue);
        return new Row(
            target.Name,
            target.Window?.Text ?? "at any time",
            TimeZones.NameOf(target.Zone),
            Bars(monday, EdgesOf(target, monday), time => target.Window?.At(time) is not null || target.Window is null),
            Bars(monday, EdgesOf(target, monday), time => (target.Freezes?.All ?? []).Any(freeze => IsSure(freeze, target) && freeze.Contains(time))),
            (int)(wall - monday).TotalMinutes);
    }

    /// <summary>Of an environment that is known only when it is filled in, a freeze of some may or may not be one.</summary>
    private static bool IsSure(Freeze freeze, Target target) =>
        target.Environment.IsPlain || freeze.Environments.Contains(Freeze.All) || freeze.Concerns(target.Environment.Text, target.ProductionEnvironment is true);

    private static List<DateTime> EdgesOf(Target target, DateTime monday)
    {
        var days = Enumerable.Range(-1, 9).Select(day => DateOnly.FromDateTime(monday.AddDays(day))).ToList();
        var spans = target.Window?.Spans ?? [];
        var freezes = target.Freezes?.All ?? [];
        return [.. days.SelectMany(day => spans.SelectMany(span => span.EdgesOf(day)).Concat(freezes.SelectMany(freeze => freeze.EdgesOf(day))))];
    }

    /// <summary>Where the wall shows such a time, in minutes from Monday's midnight.</summary>
    private static List<Bar> Bars(DateTime monday, IEnumerable<DateTime> edges, Func<DateTime, bool> isIt)
    {
        var cuts = edges.Select(edge => (int)Math.Clamp((edge - monday).TotalMinutes, 0, Width)).Append(0).Append(Width).Distinct().Order().ToList();
        var bars = new List<Bar>();
        foreach (var (from, until) in cuts.Zip(cuts.Skip(1)).Where(part => isIt(monday.AddMinutes(part.First))))
        {
            if (bars is [.., var last] && last.From + last.Width == from)
            {
                bars[^1] = last with { Width = until - last.From };
            }
            else
            {
                bars.Add(new Bar(from, until - from));
            }
        }

        return bars;
    }

    private static FreezeLine LineOf(Freeze freeze, DeployTargets targets, DateTimeOffset now)
    {
        var concerned = targets.All.Where(target => target.Freezes?.All.Contains(freeze) is true).ToList();
        return new FreezeLine(
            freeze.When,
            freeze.Reason,
            concerned.Count == 0 ? "no target of this file" : string.Join(", ", concerned.Select(target => target.Environment.Text).Distinct()),
            freeze.IsPast(WallClock.At(TimeZones.Of(targets.Rules.TimeZone), now)));
    }

    /// <param name="Window">When it takes deployments, as the file writes it.</param>
    /// <param name="Open">Where its window is open.</param>
    /// <param name="Frozen">Where it is frozen.</param>
    /// <param name="Now">Where the week is.</param>
    internal sealed record Row(TargetName Target, string Window, string Zone, IReadOnlyList<Bar> Open, IReadOnlyList<Bar> Frozen, int Now);

    /// <summary>In minutes of the week.</summary>
    internal sealed record Bar(int From, int Width);

    /// <param name="Where">The environments that it freezes.</param>
    internal sealed record FreezeLine(string When, string Reason, string Where, bool IsOver);
}
