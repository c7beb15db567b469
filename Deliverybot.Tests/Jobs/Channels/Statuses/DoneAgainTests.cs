using System.Text.Json.Nodes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Acts;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

/// <summary>A workflow that is run again on an older deployment: what runs in the environment is what was done last.</summary>
public sealed class DoneAgainTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_succeeds_again_is_live_again()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        await AgeAsync(acts, first, hours: 2);
        await AgeAsync(acts, second, hours: 1);

        acts.Shop.Report(first, "in_progress");
        await acts.Shop.SettleAsync();
        var meanwhile = await LiveAsync(acts);
        await acts.SucceedAsync(first);

        meanwhile.ShouldBe(second);
        (await LiveAsync(acts)).ShouldBe(first);
        var row = await acts.Shop.RowAsync(first);
        row.SucceededAt!.Value.ShouldBe(row.EndedAt!.Value);
        (row.SucceededAt!.Value - row.FirstSucceededAt!.Value).ShouldBe(TimeSpan.FromHours(2), TimeSpan.FromMinutes(5));
        using var rita = await house.SignInAsync("rita");
        (await rita.OpenAsync($"/{acts.Shop.Repository.FullName}/environments")).QuerySelector(".env-row, .environment, main")!.TextContent.ShouldContain(first[..7]);
    }

    [Fact]
    public async Task It_is_live_again_though_it_is_told_of_after_what_came_later()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        await AgeAsync(acts, first, hours: 2);
        await AgeAsync(acts, second, hours: 1);
        await acts.SucceedAsync(first);
        var again = await acts.Shop.RowAsync(first);
        var told = Told(acts, "success");
        // As if the second success had been lost, and somebody had reported something else since.
        await house.ExecuteAsync(
            $"update deployments set succeeded_at = first_succeeded_at, first_succeeded_at = null, status_id = status_id + 1 where id = {again.Id.Value}");
        await house.ExecuteAsync($"delete from webhook_deliveries where repository_id = {acts.Id.Value}");

        house.World.Webhooks.Send("deployment_status", "created", await InstallationAsync(acts), acts.Shop.Repository.Id, told);
        await acts.Shop.SettleAsync();

        (await LiveAsync(acts)).ShouldBe(first);
        var row = await acts.Shop.RowAsync(first);
        (row.SucceededAt, row.FirstSucceededAt).ShouldBe((again.SucceededAt, again.FirstSucceededAt));
    }

    [Fact]
    public void In_whatever_order_successes_are_told_the_first_and_the_last_are_known()
    {
        var times = Enumerable.Range(1, 4).Select(hour => DateTimeOffset.UnixEpoch.AddHours(hour)).ToList();
        foreach (var order in Orders(times))
        {
            var row = PageRows.Deployment(new RepositoryId(1), new string('a', 40), state: DeploymentState.Pending);

            order.ForEach(at => row.NoteSuccess(at));
            var isNews = row.NoteSuccess(order[0]);

            (row.FirstSucceededAt, row.SucceededAt, isNews).ShouldBe((times[0], times[^1], false));
        }
    }

    [Fact]
    public async Task A_rollback_goes_back_from_what_was_done_again_and_never_toggles()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        var third = await acts.GoLiveAsync("Three");
        await AgeAsync(acts, first, hours: 3);
        await AgeAsync(acts, second, hours: 2);
        await AgeAsync(acts, third, hours: 1);
        await acts.SucceedAsync(second);

        var outcome = await acts.ActAsync<EnvironmentRollbacks>(ActDriver.Ada, (rollbacks, actor) => rollbacks.RollBackAsync(
            actor, new RollbackRequest { Place = "production", Via = DeploymentVia.Web }, ActDriver.Stop));

        (await acts.WentToAsync(outcome)).ShouldBe(first);
    }

    [Fact]
    public async Task What_comes_after_goes_on_when_the_earlier_target_was_mended()
    {
        var acts = new ActDriver(house, "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\nproduction:\n  after: [staging]\n");
        var tea = await acts.GoLiveAsync("Tea");
        var coffee = acts.Shop.Push("Coffee");
        await acts.Shop.EventuallyAsync(coffee, DeploymentState.Pending);
        acts.Shop.Report(coffee, "failure");
        await acts.Shop.SettleAsync();
        await AgeAsync(acts, tea, hours: 2);
        await AgeAsync(acts, coffee, hours: 1);
        var before = await DeployAsync(acts, tea);

        await acts.SucceedAsync(tea);
        var after = await DeployAsync(acts, tea);

        before.ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldBe("A later deployment to staging has failed. Once a newer one has succeeded there, it may go on.");
        after.ShouldEndAs(ActEnd.UnderWay);
    }

    [Fact]
    public async Task The_figures_count_it_twice_and_end_the_outage()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = acts.Shop.Push("Two");
        await acts.Shop.EventuallyAsync(second, DeploymentState.Pending);
        acts.Shop.Report(second, "failure");
        await acts.Shop.SettleAsync();
        await AgeAsync(acts, first, hours: 3);
        await AgeAsync(acts, second, hours: 2);

        await acts.SucceedAsync(first);

        using var rita = await house.SignInAsync("rita");
        var cards = (await rita.OpenAsync($"/{acts.Shop.Repository.FullName}/metrics?days=7")).QuerySelectorAll(".key-card").Select(card => card.TextContent).ToList();
        cards[0].ShouldContain("2 in 7 days");
        cards[2].ShouldContain("1 of 3");
        cards[3].ShouldContain("2 h");
    }

    private static IEnumerable<List<DateTimeOffset>> Orders(List<DateTimeOffset> times) => times.Count == 0
        ? [[]]
        : times.SelectMany(first => Orders([.. times.Where(other => other != first)]).Select(rest => (List<DateTimeOffset>)[first, .. rest]));

    private async Task<string?> LiveAsync(ActDriver acts) =>
        (await house.ReadAsync(db => db.LiveIn(acts.Id).AsNoTracking().SingleOrDefaultAsync(Stop)))?.Sha.Value;

    private Task AgeAsync(ActDriver acts, string sha, int hours) => house.ExecuteAsync(
        $"""
        update deployments set deployed_at = deployed_at - interval '{hours} hours', succeeded_at = succeeded_at - interval '{hours} hours',
          ended_at = ended_at - interval '{hours} hours', status_at = status_at - interval '{hours} hours'
        where sha = '{sha}' and repository_id = {acts.Shop.Repository.Id}
        """);

    private static Task<ActResult> DeployAsync(ActDriver acts, string sha) =>
        acts.ActAsync<ManualDeployments>(ActDriver.Grace, (deployments, actor) => deployments.RequestAsync(
            actor,
            new ManualRequest
            {
                Target = new TargetName("production"),
                Sha = new CommitSha(sha),
                Source = new CommitSource.LookedAt(GitRef.Branch("main")),
                Via = DeploymentVia.Web,
            },
            ActDriver.Stop));

    private JsonObject Told(ActDriver acts, string state) => house.World.Webhooks.Deliveries
        .Where(delivery => delivery.Event == "deployment_status" && delivery.RepositoryId == acts.Shop.Repository.Id)
        .Select(delivery => JsonNode.Parse(delivery.Body.Span)!.AsObject())
        .Last(body => body["deployment_status"]!["state"]!.GetValue<string>() == state);

    private async Task<long> InstallationAsync(ActDriver acts) => (await house.ReadAsync(db => db.Repositories.AsNoTracking()
        .SingleAsync(row => row.Id == acts.Id, Stop))).InstallationId.Value;
}
