using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.History;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.History;

public sealed class ReadHistoryTests(House house) : IClassFixture<House>
{
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
        rows.ShouldAllBe(row => row.Trigger == DeploymentTrigger.External && row.RequestedBy == new GitHubLogin("ada"));
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
