using Deliverybot.Jobs.Metrics;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Metrics;

/// <summary>One of the four keys, with how it was before.</summary>
/// <param name="Basis">What it was reckoned from.</param>
/// <param name="Before">The figure of as long a time just before.</param>
/// <param name="Trend">Whether it got better or worse.</param>
/// <param name="Definition">What exactly is counted.</param>
internal sealed record KeyCard(string Name, string Value, string Basis, string Before, StateView Trend, string Definition)
{
    public static IReadOnlyList<KeyCard> Of(KeysPair pair)
    {
        var (now, before) = pair;
        return
        [
            new(
                "Deployment frequency",
                $"{Figures.Rate(now.DeploymentsADay)} a day",
                $"{Figures.Count(now.Deployments)} in {now.Days} days{(now.Forced > 0 ? $", {Figures.Count(now.Forced)} of them forced" : "")}",
                $"{Figures.Rate(before.DeploymentsADay)} a day",
                TrendOf(before.Deployments, now.Deployments, moreIsBetter: true),
                "Deployments that succeeded, for the first time each, divided by the days. Rollbacks aren’t counted: they bring no change."),
            new(
                "Lead time",
                Figures.Duration(now.LeadTime),
                LeadTimeBasis(now),
                Figures.Duration(before.LeadTime),
                TrendOf(before.LeadTime?.TotalSeconds, now.LeadTime?.TotalSeconds, moreIsBetter: false),
                "The median time from a commit to its first success in an environment. Commits of which no push told the time are left out, and counted."),
            new(
                "Change failure rate",
                Figures.Share(now.FailureRate),
                $"{Figures.Count(now.Failed)} of {Figures.Count(now.Changes)}",
                Figures.Share(before.FailureRate),
                TrendOf(before.FailureRate, now.FailureRate, moreIsBetter: false),
                "The share of the deployments that ended, well or badly, which failed or were rolled back. One counts as rolled back if the next thing that ended in its environment was a rollback that stayed."),
            new(
                "Time to restore",
                Figures.Duration(now.TimeToRestore),
                now.StillBroken == 0 ? $"{Figures.Count(now.Restored)} restored" : $"{Figures.Count(now.Restored)} restored, {Figures.Count(now.StillBroken)} not yet",
                Figures.Duration(before.TimeToRestore),
                TrendOf(before.TimeToRestore?.TotalSeconds, now.TimeToRestore?.TotalSeconds, moreIsBetter: false),
                "The median time from a failure, or from the success of what was rolled back, to the next deployment that stayed in that environment, a rollback too. Several failures in a row are one, and it counts on the day it was restored."),
        ];
    }

    private static string LeadTimeBasis(DeliveryKeys keys) => keys.LeadTimesUnknown == 0
        ? $"of {Figures.Count(keys.LeadTimesKnown)}"
        : $"of {Figures.Count(keys.LeadTimesKnown)}; {Figures.Count(keys.LeadTimesUnknown)} left out";

    private static StateView TrendOf(double? before, double? now, bool moreIsBetter) => (before, now) switch
    {
        ({ } was, { } @is) when @is > was => new(moreIsBetter ? Tone.Good : Tone.Bad, "arrow-up-right", moreIsBetter ? "better" : "worse"),
        ({ } was, { } @is) when @is < was => new(moreIsBetter ? Tone.Bad : Tone.Good, "arrow-down-right", moreIsBetter ? "fewer" : "better"),
        ({ }, { }) => new(Tone.Plain, "dash-lg", "the same"),
        _ => new(Tone.Plain, "dash-lg", "nothing to compare"),
    };
}
