using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>A preview that failed stays a failure when its pull request ends, and nobody says that it was ever there.</summary>
public sealed class FailedPreviewTests(House house) : IClassFixture<House>
{
    private const string Review =
        """
        review:
          auto_deploy_on: pr
          environment: review-${{ pr }}
          transient_environment: true
        """;

    [Fact]
    public async Task What_failed_stays_failed_with_its_reason_everywhere_once_the_pull_request_is_closed()
    {
        var talk = new ConversationDriver(house, Review);
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review-1", "failure", "The tests broke.");
        var before = talk.TargetComment.ShouldNotBeNull();
        var failed = (await talk.Shop.RowsAsync()).ShouldHaveSingleItem();
        using var ada = await house.SignInAsync("ada");
        (await ada.OpenAsync($"/{talk.Repository.FullName}/environments")).Body!.TextContent.ShouldContain("review-1");

        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();

        talk.Repository.Deployments.ShouldHaveSingleItem().State.ShouldBe("inactive");
        var row = (await talk.Shop.RowsAsync()).ShouldHaveSingleItem();
        (row.State, row.Reason?.ToString(), row.GoneAt is null).ShouldBe((DeploymentState.Failure, "The tests broke.", false));
        row.EndedAt.ShouldBe(failed.EndedAt, "the time of the failure, which the metrics count");
        talk.TargetComment.ShouldBe(before);
        talk.Failures.ShouldHaveSingleItem();

        (await ada.OpenAsync($"/{talk.Repository.FullName}/deployments?state=failed")).QuerySelectorAll(".deployment-line").Length.ShouldBe(1);
        var page = (await ada.OpenAsync($"/{talk.Repository.FullName}/deployments/{row.Id.Value}")).Body!.TextContent;
        page.ShouldContain("The tests broke.");
        page.ShouldContain("Pull request #1 was closed.");
        page.ShouldNotContain("previous");
        (await ada.OpenAsync($"/{talk.Repository.FullName}/environments")).Body!.TextContent.ShouldNotContain("review-1");
        (await talk.AskAsync("/status")).ShouldBe("Nothing is live here, nothing waits, and nothing is locked. `/deploy help` lists the targets.");
    }

    [Fact]
    public async Task A_pull_request_that_is_reopened_is_deployed_again_and_closed_again_ends_only_what_came_since()
    {
        var talk = new ConversationDriver(house, Review);
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review-1", "failure");
        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();
        house.World.ReopenPullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review-1", "success");
        var told = talk.Shop.CallsTo("/deployments/{deployment_id}/statuses");

        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();

        talk.Shop.CallsTo("/deployments/{deployment_id}/statuses").ShouldBe(told + 1);
        (await talk.Shop.RowsAsync()).Select(row => row.State).ShouldBe([DeploymentState.Failure, DeploymentState.Inactive]);
    }

    [Fact]
    public async Task What_never_got_there_is_not_said_to_have_left()
    {
        var talk = new ConversationDriver(house, Review);
        await talk.Shop.SettleAsync();

        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();

        talk.TargetComment.ShouldNotBeNull().ShouldContain("was not deployed to `review`");
        using var ada = await house.SignInAsync("ada");
        var number = (await talk.Shop.RowsAsync()).ShouldHaveSingleItem().Id.Value;
        (await ada.OpenAsync($"/{talk.Repository.FullName}/deployments/{number}")).Body!.TextContent.ShouldNotContain("previous");
        (await ada.OpenAsync($"/{talk.Repository.FullName}/deployments?state=not-deployed")).QuerySelectorAll(".deployment-line").Length.ShouldBe(1);
        (await ada.OpenAsync($"/{talk.Repository.FullName}/deployments?state=succeeded")).QuerySelector(".empty").ShouldNotBeNull();
    }
}
