using System.Text.Json.Nodes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

public sealed class DeploymentStatusTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n";

    [Fact]
    public async Task A_deployment_made_by_others_is_recorded_with_its_end()
    {
        var repository = house.CreateRepository(DeployFile);

        var made = house.World.CreateDeployment(repository, "main", "Production", house.Ada);
        house.World.SetDeploymentStatus(repository, made, "success", house.Ada);

        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Success }], "it is recorded");
        var row = (await RowsAsync(repository))[0];
        row.Cause.ShouldBe(DeploymentCause.External);
        row.RequestedBy.ShouldBe(new GitHubUser(new GitHubUserId(house.Ada.Id), new GitHubLogin("ada")));
        row.Environment.ShouldBe(new EnvironmentName("production"));
        row.SucceededAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_others_deploy_is_of_a_branch_only_where_it_is_known_as_one()
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.CreateTag(repository, "v1", repository.Branches["main"], house.Ada);
        house.World.Push(repository, "tea", house.Ada, "Sell tea");
        await ProcessedAsync();

        house.World.CreateDeployment(repository, "main", "one", house.Ada);
        house.World.CreateDeployment(repository, "tea", "two", house.Ada);
        house.World.CreateDeployment(repository, "v1", "three", house.Ada);

        await EventuallyAsync(repository, rows => rows.Count(row => row.Cause == DeploymentCause.External) == 3, "they are recorded");
        (await RowsAsync(repository)).Where(row => row.Cause == DeploymentCause.External).OrderBy(row => row.GitHubId!.Value.Value)
            .Select(row => row.Ref?.Value).ShouldBe(["refs/heads/main", "refs/heads/tea", null]);
    }

    [Fact]
    public async Task The_deployment_of_an_Actions_job_is_ours_being_carried_out()
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, "main", house.Ada, "Deploy by Actions");
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Pending }], "ours is made");

        var job = house.World.CreateActionsDeployment(repository, "main", "STAGING");
        house.World.SetDeploymentStatus(repository, job, "in_progress", house.World.ActionsBot);
        house.World.SetDeploymentStatus(repository, job, "success", house.World.ActionsBot);

        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Success }], "the one row has succeeded");
        (await RowsAsync(repository))[0].CarriedOutBy.ShouldBe(new GitHubDeploymentId(job.Id));
    }

    [Fact]
    public async Task What_GitHub_makes_inactive_because_the_job_has_succeeded_stays_live()
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, "main", house.Ada, "Deploy by Actions");
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Pending }], "ours is made");
        var ours = repository.Deployments.Single();
        var job = house.World.CreateActionsDeployment(repository, "main", "staging");
        house.World.SetDeploymentStatus(repository, job, "success", house.World.ActionsBot);
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Success }], "the one row has succeeded");

        house.World.SetDeploymentStatus(repository, ours, "inactive", house.World.ActionsBot);

        await ProcessedAsync();
        (await RowsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Success);
    }

    [Theory]
    [InlineData("success", "success", DeploymentState.Success)]
    [InlineData("success", "failure", DeploymentState.Failure)]
    [InlineData("failure", "in_progress", DeploymentState.Failure)]
    public async Task Several_jobs_of_one_workflow_carry_out_ours(string first, string second, DeploymentState expected)
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, "main", house.Ada, "Migrate and deploy");
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Pending }], "ours is made");
        var migrate = house.World.CreateActionsDeployment(repository, "main", "staging");
        house.World.SetDeploymentStatus(repository, migrate, "in_progress", house.World.ActionsBot);
        var deploy = house.World.CreateActionsDeployment(repository, "main", "staging");
        house.World.SetDeploymentStatus(repository, deploy, "in_progress", house.World.ActionsBot);
        await ProcessedAsync();
        (await RowsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.InProgress);

        house.World.SetDeploymentStatus(repository, deploy, second, house.World.ActionsBot);
        house.World.SetDeploymentStatus(repository, migrate, first, house.World.ActionsBot);
        await ProcessedAsync();

        (await RowsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(expected);
    }

    [Fact]
    public async Task A_job_that_comes_after_one_that_succeeded_leaves_ours_live_until_it_fails()
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, "main", house.Ada, "Deploy, then try it");
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Pending }], "ours is made");
        house.World.SetDeploymentStatus(repository, house.World.CreateActionsDeployment(repository, "main", "staging"), "success", house.World.ActionsBot);
        var smokeTest = house.World.CreateActionsDeployment(repository, "main", "staging");
        house.World.SetDeploymentStatus(repository, smokeTest, "in_progress", house.World.ActionsBot);
        await ProcessedAsync();
        (await RowsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Success);

        house.World.SetDeploymentStatus(repository, smokeTest, "failure", house.World.ActionsBot);
        await ProcessedAsync();

        (await RowsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Failure);
    }

    [Fact]
    public async Task A_job_that_failed_and_is_run_again_mends_ours()
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, "main", house.Ada, "Deploy at the second try");
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Pending }], "ours is made");
        house.World.SetDeploymentStatus(repository, house.World.CreateActionsDeployment(repository, "main", "staging"), "failure", house.World.ActionsBot);
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Failure }], "it has failed");

        house.World.SetDeploymentStatus(repository, house.World.CreateActionsDeployment(repository, "main", "staging"), "success", house.World.ActionsBot);

        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Success, SucceededAt: not null }], "the one row has succeeded");
        await ProcessedAsync();
        house.World.Read(_ => repository.Statuses[^1]).State.ShouldBe("success");
    }

    [Fact]
    public async Task A_job_for_a_commit_that_was_replaced_since_is_a_deployment_of_its_own()
    {
        var repository = house.CreateRepository(DeployFile);
        var older = house.World.Push(repository, "main", house.Ada, "Tea");
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Pending }], "ours is made");
        house.World.SetDeploymentStatus(repository, house.World.CreateActionsDeployment(repository, "main", "staging"), "success", house.World.ActionsBot);
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Success }], "it has succeeded");
        house.World.Push(repository, "main", house.Ada, "Coffee");
        await EventuallyAsync(repository, rows => rows is [_, { State: DeploymentState.Pending }], "the next is made");

        house.World.CreateActionsDeployment(repository, older, "staging");
        await ProcessedAsync();

        (await RowsAsync(repository))[^1].Cause.ShouldBe(DeploymentCause.External);
    }

    [Fact]
    public async Task An_older_status_that_comes_late_changes_nothing()
    {
        var repository = house.CreateRepository(DeployFile);
        var made = house.World.CreateDeployment(repository, "main", "staging", house.Ada);
        house.World.SetDeploymentStatus(repository, made, "in_progress", house.Ada);
        house.World.SetDeploymentStatus(repository, made, "failure", house.Ada);
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Failure }], "it has failed");
        var late = house.World.Webhooks.Deliveries.First(delivery => delivery.Event == "deployment_status" && JsonNode.Parse(delivery.Body.Span)!["deployment_status"]!["state"]!.GetValue<string>() == "in_progress");

        house.World.Webhooks.SendLate(late);

        await ProcessedAsync();
        (await RowsAsync(repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Failure);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("a\nb")]
    [InlineData("config")]
    public async Task A_target_that_no_file_could_have_is_none(string target)
    {
        var repository = house.CreateRepository(DeployFile);

        house.World.CreateDeployment(repository, "main", "other", house.Ada, new JsonObject { ["target"] = target });

        await EventuallyAsync(repository, rows => rows is [{ Cause: DeploymentCause.External, Target.Value: "" }], "it is recorded");
    }

    [Fact]
    public async Task Our_id_in_a_strangers_payload_changes_nothing_of_ours()
    {
        var repository = house.CreateRepository("staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        house.World.Push(repository, "main", house.Ada, "Wait");
        await EventuallyAsync(repository, rows => rows is [{ State: DeploymentState.Waiting, Gate: "Checks" }], "it waits");
        var ours = (await RowsAsync(repository))[0];
        var stranger = house.World.CreateDeployment(repository, "main", "staging", house.Ada);
        await EventuallyAsync(repository, rows => rows.Count == 2, "the stranger is recorded");
        var told = house.World.Webhooks.Deliveries.Last(delivery => delivery.Event == "deployment" && delivery.RepositoryId == repository.Id);
        var body = JsonNode.Parse(told.Body.Span)!.AsObject();
        body["deployment"]!["id"] = stranger.Id + 1_000_000;
        body["deployment"]!["payload"] = new JsonObject { ["deliverybot"] = ours.Id.Value };

        house.World.Webhooks.Send("deployment", "created", told.InstallationId, told.RepositoryId, body);

        await EventuallyAsync(repository, rows => rows.Count == 3, "it is recorded for itself");
        (await RowsAsync(repository))[0].State.ShouldBe(DeploymentState.Waiting);
    }

    private Task ProcessedAsync() => house.EventuallyAsync(
        async () =>
        {
            await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
            return await house.ReadAsync(async db => !await db.WebhookDeliveries.AnyAsync(delivery => delivery.ProcessedAt == null));
        },
        "all events are processed");

    private Task EventuallyAsync(Repository repository, Func<List<Deployment>, bool> isTrue, string expectation) =>
        house.EventuallyAsync(async () => isTrue(await RowsAsync(repository)), expectation);

    private Task<List<Deployment>> RowsAsync(Repository repository) => house.ReadAsync(db => db.Deployments.AsNoTracking()
        .Where(row => row.RepositoryId == new RepositoryId(repository.Id)).OrderBy(row => row.Id).ToListAsync());
}
