using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>The comment that follows a rollback is there once, whatever GitHub answers.</summary>
public sealed class RollbackCommentTests(House house) : IClassFixture<House>
{
    private const string File = "staging: { environment: staging, auto_deploy_on: refs/heads/main }\n";
    private const string Comments = "/repos/{owner}/{repo}/issues/{issue_number}/comments";

    [Fact]
    public async Task An_answer_that_is_lost_makes_no_second_comment()
    {
        var talk = await TalkAsync();
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = Comments, Address = $"/{talk.Repository.Name}/", DroppedAnswerShare = 1, Times = 1 });

        talk.Write("/rollback staging");
        // Where it is the command itself that got no answer, it is taken up again after the pause that faults of GitHub have.
        await house.EventuallyAsync(
            () => house.ReadAsync(async db => talk.Rollbacks.Count > 0 && !await db.WebhookDeliveries.AnyAsync(row => row.ProcessedAt == null)),
            "the rollback is told",
            TimeSpan.FromMinutes(2));
        await talk.ReportAsync("staging", "success");

        await house.EventuallyAsync(
            () => Task.FromResult(talk.Rollbacks is [var only] && only.Contains("was deployed to `staging`", StringComparison.Ordinal)), "the one comment follows it");
    }

    [Fact]
    public async Task A_listing_that_is_refused_makes_no_second_comment()
    {
        var talk = await TalkAsync();
        await talk.SayAsync("/rollback staging");
        talk.Rollbacks.Count.ShouldBe(1);

        // What was remembered is lost, as after the quiet time; and GitHub doesn't show what is there.
        await house.ReadAsync(db => db.PullRequestComments.ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        var refused = new FaultRule { Method = "GET", Route = Comments, Address = $"/{talk.Repository.Name}/", ErrorShare = 1, ErrorStatus = 403, ErrorMessage = "Resource not accessible by integration" };
        house.GitHub.Faults.Add(refused);
        await talk.ReportAsync("staging", "in_progress");
        talk.Rollbacks.ShouldHaveSingleItem();

        house.GitHub.Faults.Remove(refused);
        await talk.ReportAsync("staging", "success");
        talk.Rollbacks.ShouldHaveSingleItem().ShouldContain("was deployed to `staging`");
    }

    [Fact]
    public async Task One_that_somebody_has_deleted_is_made_again_with_the_next_news()
    {
        var talk = await TalkAsync();
        await talk.SayAsync("/rollback staging");
        talk.World.DeleteComment(talk.Repository, talk.Said.Single(said => said.Body.Contains("deliverybot:rollback:", StringComparison.Ordinal)), house.Ada);

        await talk.ReportAsync("staging", "success");

        talk.Rollbacks.ShouldHaveSingleItem().ShouldContain("was deployed to `staging`");
    }

    [Fact]
    public async Task The_conversation_is_listed_once_and_not_at_each_change()
    {
        var talk = await TalkAsync();
        await talk.SayAsync("/rollback staging");
        var before = Listings(talk);

        await talk.ReportAsync("staging", "in_progress");
        await talk.ReportAsync("staging", "success");

        Listings(talk).ShouldBe(before);
        talk.Rollbacks.ShouldHaveSingleItem().ShouldContain("was deployed to `staging`");
    }

    private static int Listings(ConversationDriver talk) => talk.Shop.Calls.Count(call => call == $"GET {Comments}");

    /// <summary>Something is live in staging, and something else was before it.</summary>
    private async Task<ConversationDriver> TalkAsync()
    {
        var talk = new ConversationDriver(house, File);
        talk.Shop.Push("Sell cake");
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("staging", "success");
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "success");
        return talk;
    }
}
