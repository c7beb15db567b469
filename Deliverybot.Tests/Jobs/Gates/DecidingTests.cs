using Deliverybot.Data.Gates;
using Deliverybot.Jobs;
using Deliverybot.Jobs.Gates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Gates;

/// <summary>Holds <c>docs/deciding.md</c> to the gates: every trigger in every situation has its row, and every row is true.</summary>
public sealed class DecidingTests
{
    private static readonly IReadOnlyList<IGate> Gates = Registered();

    private static readonly IReadOnlyList<DecidingPage.Promise> Page = DecidingPage.Read();

    public static TheoryData<string> Names => [.. Gates.Select(gate => gate.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_situation_has_its_row_and_every_row_its_situation(string gate)
    {
        var decided = new HashSet<DecidingPage.Promise>();
        foreach (var wisher in Wisher.All)
        {
            foreach (var facts in Situations.Of(gate, wisher))
            {
                var verdict = new AllGates(Gates).Decide(facts).Verdicts.Single(verdict => verdict.Gate == gate);
                decided.Add(new DecidingPage.Promise(gate, wisher.Kind, verdict.Outcome, verdict.Reason));
            }
        }

        var promised = Page.Where(promise => promise.Gate == gate).ToList();
        decided.Except(promised).ShouldBeEmpty("docs/deciding.md lacks these");
        promised.Except(decided).ShouldBeEmpty("docs/deciding.md promises these, and no gate says so");
        promised.ShouldBeUnique("docs/deciding.md says these twice");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_triggers_of_one_kind_are_treated_alike(string gate)
    {
        foreach (var kind in Wisher.All.GroupBy(wisher => wisher.Kind))
        {
            kind.Select(wisher => string.Join('\n', Situations.Of(gate, wisher).Select(facts => $"{VerdictOf(gate, facts)}"))).Distinct().ShouldHaveSingleItem();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wish_stops_at_the_first_gate_that_doesnt_let_it_pass(string gate)
    {
        foreach (var facts in Wisher.All.SelectMany(wisher => Situations.Of(gate, wisher)))
        {
            var decision = new AllGates(Gates).Decide(facts);
            decision.Stopped.ShouldBe(decision.Verdicts.FirstOrDefault(verdict => verdict.Outcome != GateOutcome.Pass));
            decision.Verdicts.Select(verdict => verdict.Gate).ShouldBe(Gates.Select(asked => asked.Name));
        }
    }

    private static GateVerdict VerdictOf(string gate, GateFacts facts) =>
        new AllGates(Gates).Decide(facts).Verdicts.Single(verdict => verdict.Gate == gate);

    private static List<IGate> Registered()
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddDeliverybotJobs(new ConfigurationBuilder().Build(), "Host=localhost")
            .BuildServiceProvider();
        return [.. services.GetServices<IGate>()];
    }
}
