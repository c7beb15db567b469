using Deliverybot.Data.Gates;
using Deliverybot.Jobs;
using Deliverybot.Jobs.Gates;
using Deliverybot.Sandbox.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Gates;

/// <summary>What a gate declares of itself is true in every situation that it can find.</summary>
public sealed class WakingTests
{
    private const Waking Events = ~Waking.Time;

    private static readonly List<IGate> Gates = Registered();

    public static TheoryData<string> Names => [.. Gates.Select(gate => gate.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_waits_is_woken_by_an_event_or_at_a_time(string name)
    {
        var waits = Decisions(name).Where(decision => decision.Outcome is GateOutcome.Wait).ToList();

        waits.Where(decision => (Of(name).WokenBy & Events) == Waking.None && decision.Until is null).ShouldBeEmpty();
        (waits.Count > 0).ShouldBe(Of(name).WokenBy != Waking.None, "only a gate that lets wait is woken");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whoever_is_woken_by_time_says_when_and_nobody_else_does(string name) =>
        Decisions(name).Any(decision => decision.Until is not null).ShouldBe(Of(name).WokenBy.HasFlag(Waking.Time));

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_what_waits_is_until_a_time(string name) =>
        Decisions(name).Where(decision => decision.Until is not null && decision.Outcome is not GateOutcome.Wait).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Force_passes_the_gates_that_yield_and_no_others(string name)
    {
        var people = Wisher.All.Where(wisher => wisher is { Kind: "people" }).SelectMany(wisher => Decisions(name, wisher)).ToList();
        var forced = Wisher.All.Where(wisher => wisher is { Kind: "force" }).SelectMany(wisher => Decisions(name, wisher)).ToList();

        forced.Zip(people).Where(pair => pair.First.Overridden).ShouldAllBe(pair => pair.First.Outcome == GateOutcome.Pass);
        if (name == GateNames.Permission)
        {
            // Who may deploy may not do so by force for that.
            people.Zip(forced).ShouldAllBe(pair => pair.First.Outcome == pair.Second.Outcome || pair.Second.Outcome == GateOutcome.Deny);
            return;
        }

        if (name == GateNames.Freeze)
        {
            // Some may, by a right of its own; nobody is offered it.
            forced.Select(decision => decision.Outcome).Distinct().ShouldBe([GateOutcome.Pass, GateOutcome.Deny], ignoreOrder: true);
            return;
        }

        forced.Any(decision => decision.Overridden).ShouldBe(Of(name).YieldsToForce);
        if (Of(name).YieldsToForce)
        {
            forced.ShouldAllBe(decision => decision.Outcome == GateOutcome.Pass);
            people.Zip(forced).Where(pair => pair.First.Outcome is GateOutcome.Deny).ShouldAllBe(pair => pair.Second.Overridden);
        }
        else
        {
            forced.Select(decision => decision.Outcome).ShouldBe(people.Select(decision => decision.Outcome));
        }
    }

    [Fact]
    public void The_page_says_what_wakes_each()
    {
        var words = new Dictionary<Waking, string>
        {
            [Waking.HeadMoved] = "its branch moves on",
            [Waking.CheckEnded] = "a check ends",
            [Waking.LockEnded] = "a lock or hold ends",
            [Waking.EnvironmentFreed] = "a deployment to the environment ends",
            [Waking.TargetReached] = "a target is reached",
            [Waking.TargetTried] = "its commit is tried at a target",
            [Waking.Time] = "the time comes that it named",
        };
        var rows = Gates.Where(gate => gate.WokenBy != Waking.None)
            .Select(gate => $"| {gate.Name} | {string.Join("; ", words.Where(word => gate.WokenBy.HasFlag(word.Key)).Select(word => word.Value))} |");

        var page = File.ReadAllLines(RepositoryFolder.Of("docs", "deciding.md")).SkipWhile(line => line != "## What wakes a wish").TakeWhile(line => line != "## What else ends a wish");
        page.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2).ShouldBe(rows);
    }

    [Fact]
    public void The_page_has_a_chapter_of_each_in_the_order_that_they_are_asked_in()
    {
        var gates = typeof(IGate).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IGate)));
        Gates.Select(gate => gate.GetType()).ShouldBe(gates, ignoreOrder: true);

        File.ReadLines(RepositoryFolder.Of("docs", "deciding.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Take(Gates.Count)
            .ShouldBe(Gates.Select(gate => $"## {gate.Name}"));
    }

    [Fact]
    public void What_was_overridden_is_known_by_the_verdict_and_of_earlier_releases_by_the_sentence()
    {
        GateVerdict passed = new("Lock", GateOutcome.Pass, $"production is not locked.");
        GateVerdict before = new("Queue", GateOutcome.Pass, $"Overtakes 9c8b7a6 by grace, which is on its way.");
        GateVerdict now = new("Soak", GateOutcome.Pass, $"It was live for one minute only.", Overridden: true);

        Overridden.In([passed]).IsEmpty.ShouldBeTrue();
        Overridden.In([passed, before]).ShouldBe(before.Reason);
        Overridden.In([passed, now]).ShouldBe(now.Reason);
    }

    [Fact]
    public void What_was_not_asked_is_known_by_the_verdict_and_of_earlier_releases_by_the_sentence()
    {
        GateVerdict before = new("Checks", GateOutcome.Pass, $"Required: ci.");

        Unasked.Is(before, isStopped: true).ShouldBeTrue();
        Unasked.Is(before, isStopped: false).ShouldBeFalse();
        Unasked.Is(before with { Reason = $"No checks are required." }, isStopped: true).ShouldBeFalse();
        Unasked.Is(before with { Asked = true }, isStopped: true).ShouldBeFalse();
        Unasked.Is(before with { Asked = false }, isStopped: false).ShouldBeTrue();
    }

    private static IEnumerable<GateDecision> Decisions(string name) => Wisher.All.SelectMany(wisher => Decisions(name, wisher));

    private static IEnumerable<GateDecision> Decisions(string name, Wisher wisher) => Situations.Of(name, wisher).Select(Of(name).Decide);

    private static IGate Of(string name) => Gates.Single(gate => gate.Name == name);

    private static List<IGate> Registered()
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddDeliverybotJobs(new ConfigurationBuilder().Build(), "Host=localhost")
            .BuildServiceProvider();
        return [.. services.GetServices<IGate>()];
    }
}
