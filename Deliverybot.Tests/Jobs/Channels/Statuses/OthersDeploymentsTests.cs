using System.Text.Json.Nodes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using Made = Deliverybot.Sandbox.World.Deployment;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

/// <summary>What others file counts where the file lets it, and a pull request's job moves nothing that is everybody's.</summary>
public sealed class OthersDeploymentsTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Reason = "It doesn't count in production: it was made by a pull request's job.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pull_request")]
    [InlineData("pull_request_target")]
    [InlineData("merge_group")]
    public async Task A_pull_requests_job_does_not_move_production(string runsFor)
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        var plan = acts.Shop.Push("Plan", "tea");
        await JobAsync(acts, plan, "production", runsFor, "success");

        (await LiveAsync(acts)).ShouldBe(second);
        (await acts.Shop.RowAsync(plan)).ShouldSatisfyAllConditions(
            row => row.State.ShouldBe(DeploymentState.Success), row => row.SucceededAt.ShouldBeNull(), row => row.DoesNotCount.ShouldBe(Reason));
        (await acts.WentToAsync(await RollBackAsync(acts))).ShouldBe(first);
    }

    [Fact]
    public async Task What_GitHub_takes_for_gone_because_such_a_job_succeeded_is_still_live()
    {
        var acts = new ActDriver(house, "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n");
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        var plan = acts.Shop.Push("Plan", "tea");
        await JobAsync(acts, plan, "staging", "pull_request", "success");

        acts.Shop.Repository.Deployments.Single(made => made.Sha == second).State.ShouldBe("inactive");
        (await LiveAsync(acts)).ShouldBe(second);
        (await acts.WentToAsync(await RollBackAsync(acts, "staging"))).ShouldBe(first);
    }

    [Fact]
    public async Task It_is_still_live_where_that_is_told_before_the_jobs_success()
    {
        var acts = new ActDriver(house, "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n");
        var live = await acts.GoLiveAsync("One");
        var gone = LastStatus(acts, "inactive", number: 1_000_000);
        var plan = acts.Shop.Push("Plan", "tea");
        var pull = house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");
        await house.ExecuteAsync($"update deployments set pull_request = {pull.Number} where repository_id = {acts.Shop.Repository.Id}");
        await JobAsync(acts, plan, "staging", "pull_request", "in_progress");
        var done = LastStatus(acts, "success", number: 1_000_001);
        done["deployment_status"]!["created_at"] = gone["deployment_status"]!["created_at"]!.DeepClone();

        house.World.Webhooks.Send("deployment_status", "created", await InstallationAsync(acts), acts.Shop.Repository.Id, gone);
        await acts.Shop.SettleAsync();
        var meanwhile = await LiveAsync(acts);
        var told = await ToldAsync(acts, live);
        house.World.Webhooks.Send("deployment_status", "created", await InstallationAsync(acts), acts.Shop.Repository.Id, done);
        await acts.Shop.SettleAsync();

        meanwhile.ShouldBeNull();
        (await LiveAsync(acts)).ShouldBe(live);
        (await ToldAsync(acts, live)).ShouldBeGreaterThan(told, "whoever was told that it is gone is told that it is not");
    }

    [Fact]
    public async Task What_somebody_takes_down_is_gone_whatever_such_a_job_did_before()
    {
        var acts = new ActDriver(house, "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n");
        await acts.GoLiveAsync("One");
        var gone = LastStatus(acts, "inactive", number: 1_000_000);
        await JobAsync(acts, acts.Shop.Push("Plan", "tea"), "staging", "pull_request", "success");
        gone["deployment_status"]!["created_at"] = DateTimeOffset.UtcNow.AddMinutes(1);

        house.World.Webhooks.Send("deployment_status", "created", await InstallationAsync(acts), acts.Shop.Repository.Id, gone);
        await acts.Shop.SettleAsync();

        (await LiveAsync(acts)).ShouldBeNull();
    }

    [Fact]
    public async Task Its_failure_and_its_being_under_way_move_nothing_either()
    {
        var acts = new ActDriver(house, DeployFile + "  queue: latest\n");
        var first = await acts.GoLiveAsync("One");
        await acts.GoLiveAsync("Two");
        var plan = acts.Shop.Push("Plan", "tea");
        await JobAsync(acts, plan, "production", "pull_request", "failure");
        await JobAsync(acts, plan, "production", "pull_request", "in_progress");
        using var rita = await house.SignInAsync("rita");

        var board = await rita.OpenAsync($"/{acts.Shop.Repository.FullName}/environments");

        board.Body!.TextContent.ShouldNotContain(plan[..7]);
        (await acts.WentToAsync(await RollBackAsync(acts))).ShouldBe(first);
    }

    [Fact]
    public async Task A_push_of_its_commit_is_deployed_all_the_same_and_need_not_wait_for_it()
    {
        var acts = new ActDriver(house, DeployFile + "  queue: latest\n");
        await acts.GoLiveAsync("One");
        house.World.SetBranch(acts.Shop.Repository, "tea", acts.Shop.Repository.Branches["main"], house.Ada);
        var plan = acts.Shop.Push("Plan", "tea");
        await JobAsync(acts, plan, "production", "pull_request", "success");
        await JobAsync(acts, plan, "production", "pull_request", "in_progress");

        house.World.SetBranch(acts.Shop.Repository, "main", plan, house.Ada);
        await acts.Shop.SettleAsync();

        (await acts.Shop.RowsAsync()).Single(row => row.Sha.Value == plan && row.Cause == DeploymentCause.Push).State.ShouldBe(DeploymentState.Pending);
    }

    [Theory]
    [InlineData("pull_request", DeploymentState.Pending)]
    [InlineData("push", DeploymentState.Pending)]
    [InlineData("schedule", DeploymentState.Pending)]
    [InlineData("deployment", DeploymentState.Success)]
    [InlineData("workflow_dispatch", DeploymentState.Success)]
    [InlineData(null, DeploymentState.Success)]
    public async Task Only_a_run_that_a_deployment_can_set_off_carries_out_ours(string? runsFor, DeploymentState expected)
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("One");
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);

        await JobAsync(acts, sha, "production", runsFor, "success");

        (await acts.Shop.RowsAsync()).Single(row => row.Cause == DeploymentCause.Push).State.ShouldBe(expected);
    }

    [Fact]
    public async Task A_job_that_GitHub_names_a_person_for_carries_out_ours_too()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = acts.Shop.Push("One");
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
        var job = house.World.CreateActionsDeployment(acts.Shop.Repository, sha, "staging");
        await acts.Shop.SettleAsync();
        var told = JsonNode.Parse(house.World.Webhooks.Deliveries.Last(delivery => delivery.Event == "deployment" && delivery.RepositoryId == acts.Shop.Repository.Id).Body.Span)!.AsObject();
        told["deployment"]!["id"] = job.Id + 1_000_000;
        told["deployment"]!["environment"] = "production";
        told["deployment"]!["creator"]!["login"] = "ada";

        house.World.Webhooks.Send("deployment", "created", await InstallationAsync(acts), acts.Shop.Repository.Id, told);
        await acts.Shop.SettleAsync();

        (await acts.Shop.RowsAsync()).Single(row => row.Cause == DeploymentCause.Push).CarriedOutBy.ShouldBe(new GitHubDeploymentId(job.Id + 1_000_000));
    }

    [Fact]
    public async Task What_a_script_files_for_a_pull_request_does_not_count_whatever_it_carries()
    {
        var acts = new ActDriver(house, DeployFile);
        var live = await acts.GoLiveAsync("One");
        var plan = acts.Shop.Push("Plan", "tea");
        house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Tea");
        await acts.Shop.SettleAsync();
        var ours = await acts.Shop.RowAsync(live);
        var made = house.World.CreateDeployment(acts.Shop.Repository, plan, "other", house.Ada);
        await acts.Shop.SettleAsync();
        var told = JsonNode.Parse(house.World.Webhooks.Deliveries.Last(delivery => delivery.Event == "deployment" && delivery.RepositoryId == acts.Shop.Repository.Id).Body.Span)!.AsObject();
        told["deployment"]!["id"] = made.Id + 1_000_000;
        told["deployment"]!["environment"] = "production";
        told["deployment"]!["ref"] = "refs/pull/1/merge";
        told["deployment"]!["payload"] = new JsonObject { ["deliverybot"] = ours.Id.Value, ["target"] = "production" };

        house.World.Webhooks.Send("deployment", "created", await InstallationAsync(acts), acts.Shop.Repository.Id, told);
        await acts.Shop.SettleAsync();

        (await acts.Shop.RowsAsync())[^1].DoesNotCount.ShouldBe(Reason);
    }

    [Fact]
    public async Task A_preview_is_what_its_pull_requests_job_deploys()
    {
        var acts = new ActDriver(house, DeployFile + "review:\n  environment: review-${{ pr }}\n");
        var plan = acts.Shop.Push("Tea", "tea");

        await JobAsync(acts, plan, "review-7", "pull_request", "success");
        await JobAsync(acts, plan, "preview", "pull_request", "success");

        (await acts.Shop.RowsAsync()).ShouldAllBe(row => row.DoesNotCount == null && row.SucceededAt != null);
    }

    [Fact]
    public async Task The_file_says_what_counts()
    {
        var acts = new ActDriver(house, DeployFile + "  external: { events: pull_request, creators: \"GitHub-Actions[bot]\" }\nstaging:\n  environment: staging\n  external: false\n");
        var plan = acts.Shop.Push("Plan", "tea");
        await acts.Shop.SettleAsync();

        await JobAsync(acts, plan, "production", "pull_request", "success");
        var live = await LiveAsync(acts);
        await JobAsync(acts, plan, "production", "push", "success");
        house.World.CreateDeployment(acts.Shop.Repository, plan, "production", house.Ada);
        await JobAsync(acts, plan, "staging", "push", "success");

        live.ShouldBe(plan);
        (await acts.Shop.RowsAsync()).Where(row => row.Cause == DeploymentCause.External).Select(row => row.DoesNotCount).ShouldBe(
        [
            null,
            "It doesn't count in production: push isn't among external.events.",
            "It doesn't count in production: its maker isn't among external.creators.",
            "It doesn't count in staging: only what Deliverybot deploys does.",
        ]);
    }

    [Theory]
    [InlineData("pull/7/merge")]
    [InlineData("gh-readonly-queue/trunk/pr-7-1a2b3c4")]
    public async Task What_was_there_before_the_App_came_is_judged_by_its_ref(string name)
    {
        var owner = house.World.CreateOrganisation($"gallery-{Guid.NewGuid():n}", house.Ada);
        var repository = house.World.CreateRepository(owner, "shop", defaultBranch: "trunk");
        var counted = house.World.CreateDeployment(repository, "trunk", "production", house.Ada);
        house.World.SetDeploymentStatus(repository, counted, "success", house.Ada);
        var plan = house.World.Push(repository, "tea", house.Ada, "Tea");
        house.World.SetBranch(repository, name, plan, house.Ada);
        house.World.SetDeploymentStatus(repository, house.World.CreateActionsDeployment(repository, name, "production"), "success");

        house.World.Install(owner);

        await house.EventuallyAsync(
            () => house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == new RepositoryId(repository.Id) && row.HistoryReadAt != null, Stop)), "the history is read");
        (await house.ReadAsync(db => db.LiveIn(new RepositoryId(repository.Id)).AsNoTracking().SingleAsync(Stop))).GitHubId.ShouldBe(new GitHubDeploymentId(counted.Id));
    }

    [Fact]
    public async Task Pages_show_it_with_the_reason()
    {
        var acts = new ActDriver(house, DeployFile);
        var plan = acts.Shop.Push("Plan", "tea");
        await JobAsync(acts, plan, "production", "pull_request", "success");
        var row = await acts.Shop.RowAsync(plan);
        var name = acts.Shop.Repository.FullName;
        using var rita = await house.SignInAsync("rita");

        (await rita.OpenAsync($"/{name}/deployments")).Body!.TextContent.ShouldContain(Reason);
        var page = await rita.OpenAsync($"/{name}/deployments/{row.Id}");
        page.QuerySelector(".note:not([hidden])")!.TextContent.ShouldContain(Reason);
        page.QuerySelector(".badge-state")!.TextContent.Trim().ShouldBe("succeeded");
        (await rita.OpenAsync($"/{name}/commit/{plan}")).Body!.TextContent.ShouldContain(Reason);
        (await rita.OpenAsync($"/{name}/metrics?days=7")).QuerySelectorAll(".key-card")[0].TextContent.ShouldContain("0 in 7 days");
    }

    /// <summary>The newest report of the repository, as if it said something else.</summary>
    private JsonObject LastStatus(ActDriver acts, string state, long number)
    {
        var told = JsonNode.Parse(house.World.Webhooks.Deliveries
            .Last(delivery => delivery.Event == "deployment_status" && delivery.RepositoryId == acts.Shop.Repository.Id).Body.Span)!.AsObject();
        told["deployment_status"]!["id"] = told["deployment_status"]!["id"]!.GetValue<long>() + number;
        told["deployment_status"]!["state"] = state;
        return told;
    }

    private async Task JobAsync(ActDriver acts, string sha, string environment, string? runsFor, string state)
    {
        Made job = house.World.CreateActionsDeployment(acts.Shop.Repository, sha, environment, runsFor);
        house.World.SetDeploymentStatus(acts.Shop.Repository, job, state);
        await acts.Shop.SettleAsync();
    }

    private Task<int> ToldAsync(ActDriver acts, string sha) => house.ReadAsync(db => db.Changes.CountAsync(
        change => db.Deployments.Any(row => row.Id == change.DeploymentId && row.Sha == new CommitSha(sha) && row.RepositoryId == new RepositoryId(acts.Shop.Repository.Id)),
        Stop));

    private async Task<string?> LiveAsync(ActDriver acts) =>
        (await house.ReadAsync(db => db.LiveIn(acts.Id).AsNoTracking().SingleOrDefaultAsync(Stop)))?.Sha.Value;

    private static Task<ActResult> RollBackAsync(ActDriver acts, string place = "production") =>
        acts.ActAsync<EnvironmentRollbacks>(ActDriver.Ada, (rollbacks, actor) => rollbacks.RollBackAsync(
            actor, new RollbackRequest { Place = place, Via = DeploymentVia.Web }, ActDriver.Stop));

    private async Task<long> InstallationAsync(ActDriver acts) =>
        (await house.ReadAsync(db => db.Repositories.AsNoTracking().SingleAsync(row => row.Id == acts.Id, Stop))).InstallationId.Value;
}
