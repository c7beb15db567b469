using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>What goes wrong at GitHub delays a deployment; it neither loses nor doubles it.</summary>
public sealed class FaultTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Contents = "/repos/{owner}/{repo}/contents/{**path}";
    private const string Deployments = "/repos/{owner}/{repo}/deployments";

    [Fact]
    public async Task A_rate_limit_before_the_rules_are_read_puts_the_job_off() =>
        await DeployedOnceAsync(new FaultRule { Method = "GET", Route = Contents, SecondaryLimitShare = 1, RetryAfter = TimeSpan.FromSeconds(1), Times = 1 });

    [Fact]
    public async Task A_rate_limit_at_the_creation_puts_the_wish_off() =>
        await DeployedOnceAsync(new FaultRule { Method = "POST", Route = Deployments, SecondaryLimitShare = 1, RetryAfter = TimeSpan.FromSeconds(1), Times = 1 });

    [Fact]
    public async Task An_answer_that_is_lost_after_the_work_was_done_is_found_out() =>
        await DeployedOnceAsync(new FaultRule { Method = "POST", Route = Deployments, DroppedAnswerShare = 1, Times = 1 });

    [Fact]
    public async Task An_error_of_GitHub_is_tried_again() =>
        await DeployedOnceAsync(new FaultRule { Method = "POST", Route = Deployments, ErrorShare = 1, ErrorStatus = 502, Times = 1 });

    private async Task DeployedOnceAsync(FaultRule fault)
    {
        var repository = house.CreateRepository(DeployFile);
        house.GitHub.Faults.Add(fault with { Address = $"/{repository.FullName}/" });

        var sha = house.World.Push(repository, "main", house.Ada, "Through the storm");

        var id = new RepositoryId(repository.Id);
        await house.EventuallyAsync(
            () => house.ReadAsync(db => db.Deployments.AnyAsync(row => row.RepositoryId == id && row.State == DeploymentState.Pending)), "it is deployed");
        house.World.Read(_ => repository.Deployments.Select(deployment => deployment.Sha).ToList()).ShouldBe([sha]);
        var row = await house.ReadAsync(db => db.Deployments.AsNoTracking().SingleAsync(row => row.RepositoryId == id));
        row.GitHubId.ShouldBe(new GitHubDeploymentId(repository.Deployments.Single().Id));
    }

    [Fact]
    public async Task What_is_put_off_keeps_its_place_in_the_queue()
    {
        var wishes = new RepositoryDriver(house, DeployFile + "  queue: all\n");
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = Deployments, SecondaryLimitShare = 1, RetryAfter = TimeSpan.FromSeconds(1), Times = 1 });
        var first = wishes.Push("One");
        var second = wishes.Push("Two");
        await wishes.AwaitAsync("production", first, DeploymentState.Pending);
        await wishes.SettleAsync();

        await wishes.AwaitAsync("production", second, DeploymentState.Waiting, "Queue");
        await wishes.ReportAsync("production", first, "success");
        wishes.Made.ShouldBe([$"production:{first}", $"production:{second}"]);
    }
}
