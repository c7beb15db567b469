using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>What freezes, windows and soaks hold: how long it lasts, and what becomes of it.</summary>
public sealed class ClosedByTheClockTests(House house) : IClassFixture<House>
{
    private const string Production = "production:\n  auto_deploy_on: refs/heads/main\n";

    private const string Pipeline =
        "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\nproduction:\n  after: [staging]\n  soak: 1h\n  auto_deploy_on: refs/heads/main\n";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twelve_days_of_freeze_expire_nothing()
    {
        var shop = new RepositoryDriver(house, Frozen(12) + Production);
        var sha = shop.Push("Tea");
        var wish = await shop.SettledAsync(sha);

        (wish.State, wish.Gate).ShouldBe((DeploymentState.Waiting, "Freeze"));
        var thaws = Midnight(12);
        wish.Reason?.ToString().ShouldBe($"production is frozen until {thaws.ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} (UTC): stock-taking.");
        wish.LookAt.ShouldBe(thaws);
        wish.ExpiresAt.ShouldBe(thaws.AddDays(7));

        await AgeAsync(wish, TimeSpan.FromDays(11));
        await RunUpkeepAsync();
        (await shop.RowAsync(sha)).State.ShouldBe(DeploymentState.Waiting);

        // Seven days after its end it is too late.
        await AgeAsync(wish, TimeSpan.FromDays(9));
        await RunUpkeepAsync();
        await shop.EventuallyAsync(sha, DeploymentState.Cancelled);
        (await shop.RowAsync(sha)).Reason?.ToString().ShouldStartWith("It has waited for 18 days. production is frozen until ");
    }

    [Fact]
    public async Task A_freeze_for_years_keeps_nothing_for_longer_than_sixty_days()
    {
        var shop = new RepositoryDriver(house, Frozen(1000) + Production);

        var wish = await shop.SettledAsync(shop.Push("Tea"));

        wish.ExpiresAt.ShouldBe(wish.CreatedAt.AddDays(60));
        wish.LookAt.ShouldBe(wish.ExpiresAt);
    }

    [Fact]
    public async Task What_waits_for_nothing_any_more_that_a_time_opens_has_seven_days_left()
    {
        var shop = new RepositoryDriver(house, Frozen(30) + Production + "  only_latest: false\n");
        var sha = shop.Push("Tea");
        var frozen = await shop.SettledAsync(sha);
        await AgeAsync(frozen, TimeSpan.FromDays(20));

        shop.PushDeployFile(Production + "  required_contexts: [ci]\n  only_latest: false\n", "main");
        var wish = await shop.AwaitAsync("production", sha, DeploymentState.Waiting, "Checks");

        wish.LookAt.ShouldNotBeNull().ShouldBe(DateTimeOffset.UtcNow.AddDays(7), TimeSpan.FromMinutes(1));
        wish.ExpiresAt.ShouldBe(wish.LookAt);
    }

    [Fact]
    public async Task A_freeze_that_is_added_while_a_hundred_wait_changes_their_sentence_once()
    {
        const string Rules = Production + "  required_contexts: [ci]\n  only_latest: false\n";
        var shop = new RepositoryDriver(house, Rules);
        var shas = new List<string>();
        while (shas.Count < 100)
        {
            shas.AddRange(Enumerable.Range(0, 10).Select(number => shop.Push($"Tea {shas.Count + number}")));
            await shop.SettleAsync();
        }

        await house.EventuallyAsync(async () => (await shop.RowsAsync()).Count(row => row.Gate == "Checks") == shas.Count, "all wait for ci");
        await house.EventuallyAsync(() => Task.FromResult(shas.TrueForAll(sha => shop.StatusesOf(sha, "deliverybot/production").Count == 1)), "all were told");

        // The head is looked at once more as the branch moves on.
        var ids = (await shop.RowsAsync()).Where(row => row.Sha.Value != shas[^1]).Select(row => row.Id).ToList();
        var looks = await LooksAsync();

        shop.PushDeployFile(Frozen(3) + Rules);
        await house.EventuallyAsync(
            () => Task.FromResult(shas.TrueForAll(sha => shop.StatusesOf(sha, "deliverybot/production").Count == 2)), "all were told once more", TimeSpan.FromMinutes(2));
        await shop.SettleAsync();
        await RunUpkeepAsync();

        (await shop.RowsAsync()).Where(row => shas.Contains(row.Sha.Value)).ShouldAllBe(row => row.Gate == "Freeze" && row.LookAt == Midnight(3));
        shas.ForEach(sha => shop.StatusesOf(sha, "deliverybot/production").Count.ShouldBe(2));
        (await LooksAsync()).ShouldBe(looks + ids.Count);

        Task<int> LooksAsync() => house.ReadAsync(db => db.Evaluations.CountAsync(look => ids.Contains(look.DeploymentId), Stop));
    }

    [Fact]
    public async Task What_was_lost_goes_out_by_upkeep_the_newest_alone()
    {
        var shop = new RepositoryDriver(house, $"deliverybot: {{ time_zone: UTC }}\n{Production}  window: {FarWindow()}\n");
        var older = await shop.SettledAsync(shop.Push("Tea"));
        var newer = await shop.SettledAsync(shop.Push("Coffee"));
        (newer.State, newer.Gate).ShouldBe((DeploymentState.Waiting, "Window"));

        // The window has opened, and no process was there to see it.
        await house.ExecuteAsync($"update deployments set target_definition = target_definition - 'window', look_at = now() - interval '1 minute' where id in ({older.Id.Value}, {newer.Id.Value})");
        await RunUpkeepAsync();

        await shop.EventuallyAsync(newer.Sha.Value, DeploymentState.Pending);
        (await shop.RowAsync(older.Sha.Value)).State.ShouldBe(DeploymentState.Superseded);
        shop.Deployed.ShouldBe([newer.Sha.Value]);
    }

    [Fact]
    public async Task A_person_is_told_when_a_window_opens_and_may_force()
    {
        var acts = new ActDriver(house, $"production:\n  window: {FarWindow()}\n");
        var sha = acts.Shop.Push("Tea");

        var refused = await DeployAsync(acts, sha);
        var forced = await DeployAsync(acts, sha, force: true);

        refused.End.ShouldBe(ActEnd.Refused);
        refused.Sentence.ToString().ShouldStartWith($"production takes deployments {FarWindow()} (UTC): next on ");
        refused.Hints.ShouldContain(hint => hint is ActHint.Force);
        forced.End.ShouldBe(ActEnd.UnderWay);
    }

    [Fact]
    public async Task In_a_freeze_a_person_is_told_what_force_would_take_and_a_rollback_goes_out()
    {
        var acts = new ActDriver(house, Production);
        var tea = await acts.GoLiveAsync("Tea");
        await acts.GoLiveAsync("Coffee");
        acts.Shop.PushDeployFile(Frozen(3) + "production: {}\n");
        await acts.Shop.SettleAsync();

        var refused = await DeployAsync(acts, tea);
        var forced = await DeployAsync(acts, tea, force: true);
        var back = await acts.ActAsync<EnvironmentRollbacks>(
            ActDriver.Ada, (act, actor) => act.RollBackAsync(actor, new RollbackRequest { Place = "production", Via = DeploymentVia.Web }, Stop));

        refused.Sentence.ToString().ShouldStartWith("production is frozen until ");
        refused.Hints.ShouldBe([RefusalHints.OnceThawed, new ActHint.Wait()]);
        forced.Sentence.ToString().ShouldBe("ada may not deploy in a freeze: that takes the role admin.");
        back.End.ShouldBe(ActEnd.UnderWay, back.Say());
    }

    [Fact]
    public async Task A_busy_staging_stops_no_clock()
    {
        var shop = new RepositoryDriver(house, Pipeline);
        var tea = await SucceedOnStagingAsync(shop, "Tea");
        var begun = (await RowAtAsync(shop, "staging", tea)).SucceededAt.ShouldNotBeNull();
        var coffee = await SucceedOnStagingAsync(shop, "Coffee");

        var wish = await shop.AwaitAsync("production", tea, DeploymentState.Waiting, "Soak");

        wish.LookAt.ShouldBe(begun.AddHours(1));
        wish.Reason?.ToString().ShouldBe($"{wish.Sha.Short} has to run in staging for 1 hour: until {begun.AddHours(1).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.");

        await house.ExecuteAsync($"update deployments set succeeded_at = succeeded_at - interval '2 hours' where id = {(await RowAtAsync(shop, "staging", tea)).Id.Value}");
        await house.ExecuteAsync($"update deployments set look_at = now() - interval '1 minute' where id = {wish.Id.Value}");
        await RunUpkeepAsync();

        await shop.AwaitAsync("production", tea, DeploymentState.Pending);
        await shop.AwaitAsync("production", coffee, DeploymentState.Waiting, "Soak");
    }

    [Fact]
    public async Task A_rollback_breaks_off_the_time_of_what_it_leaves_alone()
    {
        var acts = new ActDriver(house, Pipeline);
        var tea = await SucceedOnStagingAsync(acts.Shop, "Tea");
        var coffee = await SucceedOnStagingAsync(acts.Shop, "Coffee");
        await acts.Shop.AwaitAsync("production", coffee, DeploymentState.Waiting, "Soak");

        var back = await acts.ActAsync<EnvironmentRollbacks>(
            ActDriver.Ada, (act, actor) => act.RollBackAsync(actor, new RollbackRequest { Place = "staging", Via = DeploymentVia.Web }, Stop));
        back.End.ShouldBe(ActEnd.UnderWay, back.Say());
        acts.Shop.Report(tea, "success");
        await acts.Shop.SettleAsync();

        await house.EventuallyAsync(
            async () => (await RowAtAsync(acts.Shop, "production", coffee)).Reason?.ToString() == $"staging was rolled back: {coffee[..7]} has to succeed there again.", "it says so");
        (await RowAtAsync(acts.Shop, "production", tea)).Reason?.ToString().ShouldStartWith($"{tea[..7]} has to run in staging for 1 hour: until ");

        // Deployed there again, it begins anew.
        var again = await DeployAsync(acts, coffee, target: "staging");
        again.End.ShouldBe(ActEnd.UnderWay, again.Say());
        acts.Shop.Report(coffee, "success");
        await acts.Shop.SettleAsync();
        await house.EventuallyAsync(
            async () => (await RowAtAsync(acts.Shop, "production", coffee)).Reason?.ToString().StartsWith($"{coffee[..7]} has to run in staging for 1 hour: until ", StringComparison.Ordinal) is true, "its time runs");
        (await RowAtAsync(acts.Shop, "production", coffee)).LookAt.ShouldNotBeNull()
            .ShouldBe((await RowAtAsync(acts.Shop, "staging", coffee)).SucceededAt!.Value.AddHours(1));
    }

    [Fact]
    public async Task A_target_without_soak_costs_no_query()
    {
        var wish = new WishFacts(
            new DeploymentId(1), new Target { Name = new TargetName("production"), After = [new TargetName("staging")] }, new EnvironmentName("production"),
            GitRef.Branch("main"), new CommitSha(new string('a', 40)), "deploy", DeploymentOrigin.Event(DeploymentCause.Push), Somebody.Called("ada"), Force: false);
        var facts = new GateFacts { Wish = wish };

        // Without a database none can be asked.
        (await new SoakFactsReader(db: null!).AddAsync(facts, new RepositoryId(1), Stop)).ShouldBeSameAs(facts);
    }

    private static Task<ActResult> DeployAsync(ActDriver acts, string sha, bool force = false, string target = "production") => acts.ActAsync<ManualDeployments>(
        ActDriver.Ada,
        (act, actor) => act.RequestAsync(
            actor,
            new ManualRequest { Target = new TargetName(target), Sha = CommitSha.Parse(sha), Source = CommitSource.LookedAt.Named("main"), Via = DeploymentVia.Web, Force = force },
            Stop));

    private static async Task<string> SucceedOnStagingAsync(RepositoryDriver shop, string message)
    {
        var sha = shop.Push(message);
        await shop.AwaitAsync("staging", sha, DeploymentState.Pending);
        await shop.ReportAsync("staging", sha, "success");
        await shop.AwaitAsync("staging", sha, DeploymentState.Success);
        return sha;
    }

    private static async Task<Deployment> RowAtAsync(RepositoryDriver shop, string target, string sha) =>
        (await shop.RowsAsync()).FindLast(row => row.Target == new TargetName(target) && row.Sha == new CommitSha(sha)).ShouldNotBeNull();

    private async Task RunUpkeepAsync()
    {
        await house.RunAsync<ExpiryJob>((job, stop) => job.RunAsync(stop));
        await house.RunAsync<DueLooksJob>((job, stop) => job.RunAsync(stop));
    }

    private Task AgeAsync(Deployment wish, TimeSpan by) => house.ExecuteAsync(
        $"update deployments set created_at = created_at - interval '{by.TotalDays} days', look_at = look_at - interval '{by.TotalDays} days', expires_at = expires_at - interval '{by.TotalDays} days' where id = {wish.Id.Value}");

    /// <summary>Since yesterday, until that day's midnight.</summary>
    private static string Frozen(int days) =>
        $"deliverybot:\n  freeze: [{{ from: {Day(-1)}, until: {Day(days - 1)}, reason: stock-taking }}]\n";

    /// <summary>Closed now, and for three days.</summary>
    private static string FarWindow() => $"{Now.AddDays(4).ToString("ddd", CultureInfo.InvariantCulture).ToLowerInvariant()} 09:00-10:00";

    private static string Day(int later) => Now.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Midnight(int later) => new(Now.UtcDateTime.Date.AddDays(later), TimeSpan.Zero);
}
