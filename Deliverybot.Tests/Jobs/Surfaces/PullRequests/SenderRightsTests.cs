using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>Whoever has no right to an act doesn't bring it about by the way either: docs/deciding.md, "What a pull request brings about by the way".</summary>
public sealed class SenderRightsTests(House house) : IClassFixture<House>
{
    private const string Locked = "production: { environment: production, auto_deploy_on: refs/heads/main, forks: true }\n";
    private const string Review = "review:\n  auto_deploy_on: pr\n  environment: review-${{ pr }}\n  transient_environment: true\n";

    private const string Permission = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";

    [Fact]
    public async Task A_forks_author_who_closes_the_pull_request_ends_no_lock_that_was_taken_in_it()
    {
        var talk = new ConversationDriver(house, Locked, "fork");
        await talk.SayAsync("/lock production stock-taking");
        var waiting = talk.Shop.Push("Waits for the lock");
        await talk.Shop.SettleAsync();

        house.World.ClosePullRequest(talk.Repository, talk.Pull, talk.Person("stranger"));
        await SaidAsync(talk, "production is locked by ada: stock-taking.");
        house.World.Webhooks.SendLate(house.World.Webhooks.Deliveries.Last(sent => sent is { Event: "pull_request", Action: "closed" }));
        await talk.Shop.SettleAsync();

        talk.Shop.Deployed.ShouldBeEmpty();
        (await talk.Shop.RowAsync(waiting)).Gate.ShouldBe("Lock");
        var held = await LockAsync(talk);
        held.ShouldNotBeNull().PullRequest.ShouldBeNull("it holds as if it had been taken elsewhere");
        var said = talk.Said.Where(comment => comment.Body.Contains("<!-- deliverybot:lock:", StringComparison.Ordinal)).ShouldHaveSingleItem().Body;
        said.ShouldContain("stranger closed this pull request, but may not write to this repository");
        said.ShouldContain("`/unlock production`");
    }

    [Theory]
    [InlineData(RepositoryPermission.Triage, false)]
    [InlineData(RepositoryPermission.Write, true)]
    public async Task Closing_unlocks_from_write_access_on(RepositoryPermission permission, bool unlocks)
    {
        var talk = new ConversationDriver(house, Locked);
        await talk.SayAsync("/lock production");

        house.World.ClosePullRequest(talk.Repository, talk.Pull, talk.Person($"{permission}-er".ToLowerInvariant(), permission));
        await talk.Shop.SettleAsync();

        (await LockAsync(talk) is null).ShouldBe(unlocks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_App_that_merges_unlocks_and_one_that_closes_does_not(bool merges)
    {
        var talk = new ConversationDriver(house, Locked);
        await talk.SayAsync("/lock production");

        if (merges)
        {
            house.World.MergePullRequest(talk.Repository, talk.Pull, house.World.AppBot);
        }
        else
        {
            house.World.ClosePullRequest(talk.Repository, talk.Pull, house.World.AppBot);
        }

        await talk.Shop.SettleAsync();

        (await LockAsync(talk) is null).ShouldBe(merges);
    }

    [Fact]
    public async Task A_closing_that_ends_nobodys_act_asks_for_no_right()
    {
        var wishes = new RepositoryDriver(house, Review);
        wishes.Push("Tea", "tea");
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Ada, "Tea");
        await wishes.SettleAsync();
        var asked = wishes.CallsTo(Permission);

        house.World.ClosePullRequest(wishes.Repository, pull, house.Rita);
        await wishes.SettleAsync();

        wishes.Repository.Deployments.ShouldHaveSingleItem().State.ShouldBe("inactive");
        wishes.CallsTo(Permission).ShouldBe(asked);
    }

    [Theory]
    [InlineData("opened")]
    [InlineData("reopened")]
    public async Task Who_may_not_write_deploys_nothing_by_opening_a_pull_request(string action)
    {
        var wishes = new RepositoryDriver(house, Review);
        wishes.Push("Old tea", "tea");
        await wishes.SettleAsync();
        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Rita, "Tea");
        if (action == "reopened")
        {
            house.World.ClosePullRequest(wishes.Repository, pull, house.Rita);
            house.World.ReopenPullRequest(wishes.Repository, pull, house.Rita);
        }

        await wishes.SettleAsync();
        wishes.Made.ShouldBeEmpty();
        house.Log.ShouldContain(line => line.Contains($"was {action} by rita, who may not write there", StringComparison.Ordinal));

        var sha = wishes.Push("A writer's tea", "tea");
        await wishes.SettleAsync();
        wishes.Made.ShouldBe([$"review-1:{sha}"]);
    }

    [Fact]
    public async Task Who_may_not_write_ends_no_environment_of_a_branch_by_opening_and_closing_a_pull_request_of_it()
    {
        var wishes = new RepositoryDriver(house, "review:\n  auto_deploy_on: refs/heads/tea\n  environment: review\n  transient_environment: true\n");
        var sha = wishes.Push("Tea", "tea");
        await wishes.SettleAsync();
        await wishes.ReportAsync("review", sha, "success");

        var pull = house.World.OpenPullRequest(wishes.Repository, "tea", house.Rita, "Mine");
        house.World.ClosePullRequest(wishes.Repository, pull, house.Rita);
        await wishes.SettleAsync();

        wishes.Repository.Deployments.ShouldHaveSingleItem().State.ShouldBe("success");
    }

    [Fact]
    public async Task Who_may_not_write_cancels_nothing_that_a_person_asked_for_in_the_pull_request()
    {
        var talk = new ConversationDriver(house, Locked, "fork");
        await talk.Shop.SettleAsync();
        await house.WriteAsync(new Data.Deploying.Deployment
        {
            RepositoryId = new RepositoryId(talk.Repository.Id),
            Target = new TargetName("production"),
            Environment = new EnvironmentName("production"),
            Sha = new CommitSha(talk.Repository.Head),
            PullRequest = new PullRequestNumber(talk.Pull.Number),
            Task = "deploy",
            Origin = DeploymentOrigin.Person(DeploymentAct.Rollback, DeploymentVia.Comment),
            RequestedBy = Somebody.Called("ada"),
            State = DeploymentState.Waiting,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            UpdatedAt = TimeProvider.System.GetUtcNow(),
        });

        house.World.ClosePullRequest(talk.Repository, talk.Pull, talk.Person("stranger"));
        await talk.Shop.SettleAsync();

        (await talk.Shop.RowsAsync()).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Waiting);
    }

    private Task<Data.Locks.EnvironmentLock?> LockAsync(ConversationDriver talk) =>
        house.ReadAsync(db => db.Locks.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == new RepositoryId(talk.Repository.Id)));

    private Task SaidAsync(ConversationDriver talk, string text) => house.EventuallyAsync(
        () => Task.FromResult(talk.Said.Any(comment => comment.Body.Contains(text, StringComparison.Ordinal))), $"it is said: {text}");
}
