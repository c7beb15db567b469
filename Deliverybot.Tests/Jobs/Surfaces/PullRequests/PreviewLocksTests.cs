using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>What keeps a preview as it is ends with it, and no place tells of it any more.</summary>
public sealed class PreviewLocksTests(House house) : IClassFixture<House>
{
    private const string Review =
        """
        review:
          auto_deploy_on: [pr, refs/heads/x/*]
          environment: review/${{ ref }}
          transient_environment: true
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hold_ends_when_the_pull_request_is_closed_or_merged_and_the_activity_says_so(bool isMerged)
    {
        var talk = await RolledBackAsync();
        (await talk.AskAsync("/status")).ShouldContain("is held since ada rolled it back");

        await EndAsync(talk, isMerged);

        (await LocksAsync(talk)).ShouldBeEmpty();
        var ended = (await ActivityAsync(talk)).Single(entry => entry.Act == ActivityKind.Unlocked);
        ended.Environment!.Value.Value.ShouldBe("review/tea");
        ended.Detail.ToString().ShouldBe($"Pull request #1 was {(isMerged ? "merged" : "closed")}.");
        (await talk.AskAsync("/status")).ShouldNotContain("review/tea");
        using var ada = await house.SignInAsync("ada");
        (await ada.OpenAsync($"/{talk.Repository.FullName}/environments")).QuerySelector("main")!.TextContent.ShouldNotContain("review/tea");
        (await ada.OpenAsync($"/{talk.Repository.FullName}/activity")).QuerySelector("main")!.TextContent.ShouldContain("Pull request #1 was");
        var slack = new SlackDriver(house);
        await slack.LinkAsync("ada");
        string.Concat((await slack.AskAsync("ada", $"status {talk.Repository.FullName}")).Texts.Select(text => text.Text)).ShouldNotContain("review/tea");
    }

    [Fact]
    public async Task So_does_a_lock_that_was_taken_elsewhere_and_what_it_let_wait()
    {
        var talk = await LiveAsync();
        await LockAsync(talk);
        var waiting = talk.Shop.Push("Green tea", "tea");
        await talk.Shop.AwaitAsync("review", waiting, DeploymentState.Waiting);
        await talk.Shop.SettleAsync();
        var newer = waiting[..7];
        talk.Said.ShouldContain(comment => comment.Body.Contains("`review` waits.", StringComparison.Ordinal) && comment.Body.Contains(newer, StringComparison.Ordinal), "the newer push is told of");

        await EndAsync(talk, isMerged: false);

        (await LocksAsync(talk)).ShouldBeEmpty();
        (await talk.Shop.RowAsync(waiting)).State.ShouldBe(DeploymentState.Cancelled);
    }

    [Fact]
    public async Task Whoever_may_not_write_ends_neither_by_closing_it()
    {
        var talk = await RolledBackAsync();

        house.World.ClosePullRequest(talk.Repository, talk.Pull, talk.Person("visitor", RepositoryPermission.Read));
        await talk.Shop.SettleAsync();

        (await LocksAsync(talk)).ShouldHaveSingleItem().Kind.ShouldBe(LockKind.Hold);
    }

    [Fact]
    public async Task A_lock_of_an_environment_that_is_called_the_same_for_all_stays()
    {
        var talk = await LiveAsync(Review.Replace("review/${{ ref }}", "review/tea", StringComparison.Ordinal));
        await LockAsync(talk);

        await EndAsync(talk, isMerged: false);

        (await LocksAsync(talk)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_keeps_the_environment_of_a_branch_ends_when_that_is_deleted()
    {
        var talk = new ConversationDriver(house, Review, branch: "y");
        var sha = talk.Shop.Push("Tea", "x/tea");
        await talk.Shop.AwaitAsync("review", sha, DeploymentState.Pending);
        await talk.SayAsync("/lock review/x/tea");
        using var ada = await house.SignInAsync("ada");
        using var locked = await ada.PostFormAsync($"/{talk.Repository.FullName}/lock", ("environment", "review/x/tea"));
        (await LocksAsync(talk)).ShouldHaveSingleItem();

        house.World.DeleteBranch(talk.Repository, "x/tea", house.Ada);
        await talk.Shop.SettleAsync();

        (await LocksAsync(talk)).ShouldBeEmpty();
        (await ActivityAsync(talk)).Last(entry => entry.Act == ActivityKind.Unlocked).Detail.ToString().ShouldBe("x/tea was deleted.");
    }

    private async Task<ConversationDriver> LiveAsync(string file = Review)
    {
        var talk = new ConversationDriver(house, file);
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review/tea", "success");
        return talk;
    }

    private async Task<ConversationDriver> RolledBackAsync()
    {
        var talk = await LiveAsync();
        talk.Shop.Push("Green tea", "tea");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review/tea", "success");
        await talk.SayAsync("/rollback review");
        await talk.ReportAsync("review/tea", "success");
        (await LocksAsync(talk)).ShouldHaveSingleItem().Kind.ShouldBe(LockKind.Hold);
        return talk;
    }

    private async Task EndAsync(ConversationDriver talk, bool isMerged)
    {
        if (isMerged)
        {
            house.World.MergePullRequest(talk.Repository, talk.Pull, house.Ada);
        }
        else
        {
            house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        }

        await talk.Shop.SettleAsync();
    }

    private async Task LockAsync(ConversationDriver talk)
    {
        using var ada = await house.SignInAsync("ada");
        using var locked = await ada.PostFormAsync($"/{talk.Repository.FullName}/lock", ("environment", "review/tea"));
        (await LocksAsync(talk)).ShouldHaveSingleItem().PullRequest.ShouldBeNull();
    }

    private Task<List<EnvironmentLock>> LocksAsync(ConversationDriver talk) =>
        house.ReadAsync(db => db.Locks.AsNoTracking().Where(held => held.RepositoryId == talk.Shop.Id).ToListAsync());

    private Task<List<ActivityEntry>> ActivityAsync(ConversationDriver talk) =>
        house.ReadAsync(db => db.Activity.AsNoTracking().Where(entry => entry.RepositoryId == talk.Shop.Id).OrderBy(entry => entry.Id).ToListAsync());
}
