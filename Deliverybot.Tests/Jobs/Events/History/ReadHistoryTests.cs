using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.History;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using DeploymentState = Deliverybot.Data.Deploying.DeploymentState;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.Events.History;

public sealed class ReadHistoryTests(House house) : IClassFixture<House>
{
    private const string Statuses = "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses";

    [Fact]
    public async Task What_was_deployed_before_the_App_came_is_read_once()
    {
        var owner = house.World.CreateOrganisation("museum", house.Ada);
        var repository = house.World.CreateRepository(owner, "shop", defaultBranch: "trunk");
        var first = Deploy(repository, "production", "success");
        var second = Deploy(repository, "production", "success");
        Deploy(repository, "staging", "success", "inactive");
        Deploy(repository, "staging", "in_progress", "failure");
        house.World.CreateDeployment(repository, "trunk", "preview", house.Ada);

        house.World.Install(owner);
        await house.EventuallyAsync(() => IsReadAsync(repository), "the history is read");

        var rows = await house.DeploymentsAsync(repository);
        rows.Select(row => (row.Environment.Value, row.State)).ShouldBe(
        [
            ("production", DeploymentState.Success), ("production", DeploymentState.Success),
            ("staging", DeploymentState.Inactive), ("staging", DeploymentState.Failure), ("preview", DeploymentState.Pending),
        ]);
        rows.ShouldAllBe(row => row.Cause == DeploymentCause.External && row.RequestedBy == new GitHubUser(new GitHubUserId(house.Ada.Id), new GitHubLogin("ada")));
        rows.Where(row => row.SucceededAt is not null).Count().ShouldBe(3);
        (await house.ReadAsync(db => db.Repositories.AsNoTracking().SingleAsync(row => row.Id == new RepositoryId(repository.Id)))).DefaultBranch.ShouldBe("trunk");
        first.Sha.ShouldBe(second.Sha);
        var live = await house.ReadAsync(db => db.Live().Where(row => row.RepositoryId == new RepositoryId(repository.Id)).ToListAsync());
        live.ShouldHaveSingleItem().GitHubId.ShouldBe(new GitHubDeploymentId(second.Id));

        await house.ExecuteAsync($"update repositories set history_read_at = null where id = {repository.Id}");
        await house.RunAsync<ReadHistoryJob>((job, stop) => job.RunAsync(repository.Id, stop));

        (await house.DeploymentsAsync(repository)).Count.ShouldBe(5);
        (await IsReadAsync(repository)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_last_hundred_are_read_once_each_though_GitHub_puts_us_off_meanwhile()
    {
        var owner = house.World.CreateOrganisation("archive", house.Ada);
        var repository = house.World.CreateRepository(owner, "shop", defaultBranch: "trunk");
        var made = Enumerable.Range(0, 103).Select(_ => Deploy(repository, "production", "success").Id).ToList();
        var limit = new FaultRule { Method = "GET", Route = Statuses, SecondaryLimitShare = 1, RetryAfter = TimeSpan.FromSeconds(1), Times = 1 };
        var read = 0;
        house.GitHub.Faults.Add(new FaultRule { Method = "GET", Route = Statuses, Meanwhile = LimitTheFiftieth });

        house.World.Install(owner);
        await house.EventuallyAsync(() => IsReadAsync(repository), "the history is read", TimeSpan.FromMinutes(1));

        (await house.DeploymentsAsync(repository)).Select(row => row.GitHubId!.Value.Value).ShouldBe(made.Skip(3));
        var answers = house.GitHub.Requests.All.Where(call => call.Route == Statuses && call.Path.Contains("/archive/", StringComparison.Ordinal)).ToList();
        (answers.Count, answers.Count(answer => answer.Status == 403)).ShouldBe((101, 1));

        void LimitTheFiftieth()
        {
            if (++read == 50)
            {
                house.GitHub.Faults.Add(limit);
            }
        }
    }

    [Fact]
    public async Task What_was_reported_then_is_told_as_if_an_event_had_told_it()
    {
        var owner = house.World.CreateOrganisation("gallery", house.Ada);
        var repository = house.World.CreateRepository(owner, "shop", defaultBranch: "trunk");
        Deploy(repository, "production", "waiting");

        house.World.Install(owner);
        await house.EventuallyAsync(() => IsReadAsync(repository), "the history is read");

        var row = (await house.DeploymentsAsync(repository)).ShouldHaveSingleItem();
        row.AwaitsApproval.ShouldBeTrue();
        row.Reason.ShouldNotBeNull().ToString().ShouldBe("GitHub asks for approval before it goes to production.");
        (await StepsAsync(row)).ShouldHaveSingleItem().Description.ShouldBe("GitHub asks for approval before it goes to production.");
    }

    [Fact]
    public async Task The_log_is_found_where_only_the_older_field_names_it()
    {
        var owner = house.World.CreateOrganisation("library", house.Ada);
        var repository = house.World.CreateRepository(owner, "shop", defaultBranch: "trunk");
        house.World.Install(owner);
        await house.EventuallyAsync(() => IsReadAsync(repository), "the history is read");
        var known = await house.ReadAsync(db => db.Repositories.AsNoTracking().SingleAsync(row => row.Id == new RepositoryId(repository.Id)));
        var found = new GitHubDeployment(
            new GitHubDeploymentId(7), new CommitSha(new string('a', 40)), "trunk", Task: null, new EnvironmentName("production"), Description: null,
            Creator: null, DateTimeOffset.UnixEpoch, Payload: null, TransientEnvironment: false, ProductionEnvironment: true);
        var status = new GitHubDeploymentStatus(
            8, Deliverybot.Jobs.GitHub.Deployments.GitHubDeploymentState.Unknown, Description: "", LogUrl: "", TargetUrl: "https://ci.example/8", EnvironmentUrl: "", Creator: null, CreatedAt: null);

        await house.RunAsync<HistoryWriter>((record, stop) => record.AddAsync(known, found, [status], stop));

        var row = (await house.DeploymentsAsync(repository)).ShouldHaveSingleItem();
        (row.State, row.LogUrl, row.StatusId).ShouldBe((DeploymentState.Pending, "https://ci.example/8", 8));
        (await StepsAsync(row)).ShouldHaveSingleItem().LogUrl.ShouldBe("https://ci.example/8");
    }

    private Task<List<DeploymentStep>> StepsAsync(Deployment deployment) =>
        house.ReadAsync(db => db.DeploymentSteps.AsNoTracking().Where(step => step.DeploymentId == deployment.Id).ToListAsync());

    private Deliverybot.Sandbox.World.Deployment Deploy(Repository repository, string environment, params string[] states)
    {
        var deployment = house.World.CreateDeployment(repository, "trunk", environment, house.Ada);
        foreach (var state in states)
        {
            house.World.SetDeploymentStatus(repository, deployment, state, house.Ada, autoInactive: false);
        }

        return deployment;
    }

    private Task<bool> IsReadAsync(Repository repository) =>
        house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == new RepositoryId(repository.Id) && row.HistoryReadAt != null));
}
