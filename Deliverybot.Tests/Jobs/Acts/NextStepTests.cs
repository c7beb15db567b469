using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Cancelling;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Surfaces.PullRequests;
using Deliverybot.Jobs.Surfaces.Slack.Commands;
using Deliverybot.Jobs.Surfaces.Words;
using Deliverybot.Site.Pages.Acts;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Gates;
using Deliverybot.Tests.Site;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts;

/// <summary>Whoever is refused is told what to do: by a button or command of the place, or in words.</summary>
public sealed class NextStepTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\nproduction:\n  after: [staging]\n";

    private static readonly IReadOnlyList<IGate> Gates = Registered();

    public static TheoryData<string> Names => [.. Gates.Select(gate => gate.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_a_gate_refuses_a_person_has_a_next_step_on_every_surface(string gate)
    {
        var all = new AllGates(Gates);
        var people = Wisher.All.Where(wisher => wisher.Kind is not "events");
        foreach (var facts in people.SelectMany(wisher => Situations.Of(gate, wisher)))
        {
            if (all.Decide(facts).Stopped is not { Outcome: not GateOutcome.Pass } stopped)
            {
                continue;
            }

            var row = RowOf(facts.Wish);
            row.Gate = stopped.Gate;
            var hints = RefusalHints.Of(row, stopped.Earlier is { } earlier ? new TargetName(earlier) : null, all).ToList();

            hints.ShouldNotBeEmpty($"{stopped}");
            hints.ShouldNotContain(RefusalHints.OnceMended, $"a gate knows better than that: {stopped}");
            ShouldBeSaidEverywhere(Refused(stopped.Reason, hints));
            (stopped.Gate == GateNames.Lock).ShouldBe(hints.Exists(hint => hint is ActHint.LockedBySomebody));
            (stopped.Gate == GateNames.Freeze).ShouldBe(hints.Contains(RefusalHints.OnceThawed));
            (stopped.Gate == GateNames.Permission).ShouldBe(hints.Contains(PersonsHint.AskSomebody), "whom the file doesn't let has to ask somebody");
            all.YieldsToForce(stopped.Gate).ShouldBe(hints.Exists(hint => hint is ActHint.Force), "force is offered where the gate yields to it");
            (stopped.Earlier is not null).ShouldBe(hints.Exists(hint => hint is ActHint.DeployBefore before && before.Target.Value == stopped.Earlier), "the target at which it has to succeed, or failed");
        }
    }

    [Theory]
    [InlineData("Conflict merging main into feature.", "Merge the default branch into it, and deploy the merge commit.")]
    [InlineData("GitHub refused it: Resource not accessible by integration", "Once that is mended, deploy it again.")]
    public void What_GitHub_refuses_has_a_next_step_too(string reason, string step)
    {
        var row = PageRows.Deployment(new RepositoryId(1), new string('a', 40));
        row.Reason = Sentence.Plain(reason);

        var hint = RefusalHints.Of(row, earlier: null, new AllGates(Gates)).ShouldHaveSingleItem();

        hint.ShouldBeOfType<ActHint.Next>().Step.ToString().ShouldBe(step);
        ShouldBeSaidEverywhere(Refused(Sentence.Plain(reason), [hint]));
    }

    [Fact]
    public async Task What_acts_refuse_has_a_next_step()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("One");
        var going = await acts.Shop.AwaitAsync("staging", sha, DeploymentState.Pending);
        await acts.ActAsync<EnvironmentLocks>(ActDriver.Grace, (act, actor) => act.LockAsync(actor, new LockRequest { Environment = new EnvironmentName("production") }, ActDriver.Stop));

        ActResult[] refusals =
        [
            await acts.ActAsync<EnvironmentRollbacks>(
                ActDriver.Ada, (act, actor) => act.RollBackAsync(actor, new RollbackRequest { Place = "production", Via = DeploymentVia.Web }, ActDriver.Stop)),
            await acts.ActAsync<Cancellations>(ActDriver.Ada, (act, actor) => act.CancelAsync(actor, going.Id, ActDriver.Stop)),
            await acts.ActAsync<EnvironmentLocks>(
                ActDriver.Ada, (act, actor) => act.LockAsync(actor, new LockRequest { Environment = new EnvironmentName("production") }, ActDriver.Stop)),
            await acts.ActAsync<ManualDeployments>(ActDriver.Ada, (act, actor) => act.RequestAsync(actor, RequestOf(sha, "production"), ActDriver.Stop)),
            Admission.NotInstalled,
        ];

        foreach (var refused in refusals)
        {
            refused.End.ShouldBeOneOf(ActEnd.Refused, ActEnd.Unknown);
            refused.Hints.ShouldNotBeEmpty(refused.Say());
            (ActAnswer.Of(refused) is { Steps: [_, ..] } or { MayForce: true }).ShouldBeTrue(refused.Say());
        }
    }

    [Fact]
    public void Whoever_finds_it_locked_is_told_how_to_end_that_and_whoever_locked_it_how_to_let_go()
    {
        var ada = Somebody.Called("ada");
        var command = new LockCommand(new EnvironmentName("production"), new LockTerms(For: null, Reason: ""));
        ActResult Result(ActEnd end) => new(end, $"production is locked", $"production is locked by ada.") { Hints = [new ActHint.Unlock(new EnvironmentName("production"), Until: null)] };
        string[] InSlack(ActEnd end) => [.. SlackReply.Refusal(Result(end), RepositoryName.Parse("acme/shop"), new SlackCaller(ada, null!, default!, "/deliverybot", "lock production", 1)).Notes.Select(note => note.Markup)];

        CommandReply.Of(command, [(Result(ActEnd.Refused), null)], ada).Markdown.ShouldBe("production is locked by ada. `/unlock production` ends the lock.");
        InSlack(ActEnd.Refused).ShouldBe(["End the lock: `/deliverybot unlock acme/shop production`"]);
        InSlack(ActEnd.Done).ShouldBe(["Let it go again: `/deliverybot unlock acme/shop production`"]);
    }

    private static ManualRequest RequestOf(string sha, string target) => new()
    {
        Target = new TargetName(target),
        Sha = CommitSha.Parse(sha),
        Source = CommitSource.LookedAt.Named("main"),
        Via = DeploymentVia.Web,
    };

    private static void ShouldBeSaidEverywhere(ActResult result)
    {
        var ada = Somebody.Called("ada");
        var command = new DeployCommand([new TargetName("production")], At: null, IsForced: false);
        var reply = CommandReply.Of(command, [(result, null)], ada).Markdown.ShouldNotBeNull();
        reply.Length.ShouldBeGreaterThan(CommandReply.Of(command, [(result with { Hints = [] }, null)], ada).Markdown!.Length, reply);
        SlackReply.Refusal(result, RepositoryName.Parse("acme/shop"), new SlackCaller(ada, null!, default!, "/deliverybot", "deploy production", 1)).Notes.ShouldNotBeEmpty();
        (ActAnswer.Of(result) is { Steps: [_, ..] } or { MayForce: true }).ShouldBeTrue(result.Say());
    }

    private static ActResult Refused(Sentence reason, IReadOnlyList<ActHint> hints) =>
        ActResult.Because(ActEnd.Refused, $"production was not deployed", reason) with { Hints = hints };

    private static Deployment RowOf(WishFacts wish)
    {
        var row = PageRows.Deployment(new RepositoryId(1), wish.Sha.Value, force: wish.Force);
        row.TargetDefinition = TargetJson.Write(wish.Target);
        return row;
    }

    private static List<IGate> Registered()
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddDeliverybotJobs(new ConfigurationBuilder().Build(), "Host=localhost")
            .BuildServiceProvider();
        return [.. services.GetServices<IGate>()];
    }
}
