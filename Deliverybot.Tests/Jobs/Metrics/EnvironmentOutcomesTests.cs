using Deliverybot.Data.Names;
using Deliverybot.Jobs.Metrics;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Metrics;

public sealed class EnvironmentOutcomesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly List<Finished> _ended = [];

    [Fact]
    public void The_last_days_end_with_today_and_the_days_before_end_where_they_begin()
    {
        var window = MetricsWindow.Last(7, Noon);

        window.ShouldBe(new MetricsWindow(new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 11, 0, 0, 0, TimeSpan.Zero)));
        window.Days.ShouldBe(7);
        window.Before.To.ShouldBe(window.From);
        window.Before.Days.ShouldBe(7);
        window.Contains(window.From).ShouldBeTrue();
        window.Contains(window.To).ShouldBeFalse();
        window.Parts(3).Select(part => part.Days).ShouldBe([3, 3, 1]);
    }

    [Fact]
    public void Frequency_counts_what_succeeded_without_rollbacks()
    {
        Good(-50);
        Good(-26);
        Good(-2, rollback: true);
        Bad(-1);

        Keys().Deployments.ShouldBe(2);
        Keys().DeploymentsADay.ShouldBe(2 / 7.0);
    }

    [Fact]
    public void Lead_time_is_the_median_of_first_successes_whose_commit_time_is_known()
    {
        Good(-9, leadHours: 1);
        Good(-8, leadHours: 4);
        Good(-7, leadHours: 9);
        Good(-6, leadHours: 2);
        Good(-5, leadHours: null);
        Good(-4, leadHours: 100, first: false);
        Good(-3, leadHours: -1);

        // 1, 2, 4, 9: midway between 2 and 4.
        Keys().LeadTime.ShouldBe(TimeSpan.FromHours(3));
        Keys().LeadTimesKnown.ShouldBe(4);
        Keys().LeadTimesUnknown.ShouldBe(2);
    }

    [Fact]
    public void A_change_has_failed_where_it_failed_or_the_next_thing_was_a_rollback_that_held()
    {
        Good(-9);
        Bad(-8);
        Good(-7);
        Good(-6, rollback: true);
        Good(-5);
        Bad(-4, rollback: true);

        // Of -9, -8, -7 and -5: -8 failed, -7 was rolled back. The rollback at -4 failed, and is no change itself.
        Keys().Changes.ShouldBe(4);
        Keys().Failed.ShouldBe(2);
        Keys().FailureRate.ShouldBe(0.5);
    }

    [Fact]
    public void Time_to_restore_runs_from_the_first_of_several_failures_to_the_next_that_held()
    {
        Bad(-30);
        Bad(-29);
        Good(-26);
        Good(-20);
        Good(-18, rollback: true);
        Bad(-3);

        // 4 h from the first failure; 2 h from the success that was rolled back.
        Keys().TimeToRestore.ShouldBe(TimeSpan.FromHours(3));
        Keys().Restored.ShouldBe(2);
        Keys().StillBroken.ShouldBe(1);
    }

    [Fact]
    public void An_outage_counts_where_it_ended_and_as_open_in_the_time_before()
    {
        var window = MetricsWindow.Last(7, Noon);
        Bad(HoursTo(window.From) - 1);
        Good(HoursTo(window.From) + 1);

        Keys().Restored.ShouldBe(1);
        Keys().TimeToRestore.ShouldBe(TimeSpan.FromHours(2));
        Keys().StillBroken.ShouldBe(0);
        EnvironmentOutcomes.KeysOf([new EnvironmentOutcomes(_ended)], window.Before).StillBroken.ShouldBe(1);
        EnvironmentOutcomes.KeysOf([new EnvironmentOutcomes(_ended)], window.Before).Restored.ShouldBe(0);
    }

    [Fact]
    public void The_first_instant_counts_and_the_one_after_the_last_does_not()
    {
        var window = MetricsWindow.Last(7, Noon);
        Good(HoursTo(window.From));
        Good(HoursTo(window.To));

        Keys().Deployments.ShouldBe(1);
        EnvironmentOutcomes.KeysOf([new EnvironmentOutcomes(_ended)], window.Before).Deployments.ShouldBe(0);
    }

    [Fact]
    public void Of_nothing_there_is_no_rate_and_no_median()
    {
        Keys().FailureRate.ShouldBeNull();
        Keys().LeadTime.ShouldBeNull();
        Keys().TimeToRestore.ShouldBeNull();
    }

    private DeliveryKeys Keys() => EnvironmentOutcomes.KeysOf([new EnvironmentOutcomes(_ended)], MetricsWindow.Last(7, Noon));

    private static double HoursTo(DateTimeOffset at) => (at - Noon).TotalHours;

    private void Good(double hours, bool rollback = false, double? leadHours = null, bool first = true) => Add(hours, failed: false, rollback, leadHours, first);

    private void Bad(double hours, bool rollback = false) => Add(hours, failed: true, rollback, leadHours: null, first: false);

    private void Add(double hours, bool failed, bool rollback, double? leadHours, bool first) => _ended.Add(new Finished(
        new DeploymentId(_ended.Count + 1),
        new EnvironmentName("production"),
        Noon.AddHours(hours),
        failed,
        rollback,
        first,
        leadHours is { } lead ? Noon.AddHours(hours - lead) : null));
}
