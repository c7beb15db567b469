using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>A preview whose pull request is over is asked for once more: whoever asks is told what to do, as <c>/deploy</c> says it, and nothing is left of it.</summary>
public sealed class ClosedPreviewTests(House house) : IClassFixture<House>
{
    private const string Review =
        """
        review:
          auto_deploy_on: pr
          environment: review/pr-${{ pr }}
          transient_environment: true
        """;

    [Fact]
    public async Task Deploy_again_says_to_reopen_a_pull_request_that_was_closed()
    {
        var talk = await FailedAsync();
        using var ada = await house.SignInAsync("ada");
        var opened = await FormAsync(ada, talk);
        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();

        (await AgainAsync(ada, talk, opened)).ShouldContain("Pull request #1 is closed: reopen it to deploy it");
        (await AskAsync(talk)).ShouldBe("Pull request #1 is closed: reopen it to deploy it.");
        await ShouldHaveLeftNothingAsync(talk);
    }

    [Fact]
    public async Task Where_its_branch_was_deleted_too_that_is_said()
    {
        var talk = await FailedAsync();
        using var ada = await house.SignInAsync("ada");
        var opened = await FormAsync(ada, talk);
        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        house.World.DeleteBranch(talk.Repository, "tea", house.Ada);
        await talk.Shop.SettleAsync();

        const string Told = "Pull request #1 is closed, and its branch tea was deleted: restore the branch and reopen it to deploy it";
        (await AgainAsync(ada, talk, opened)).ShouldContain(Told);
        (await AskAsync(talk)).ShouldBe($"{Told}.");
        await ShouldHaveLeftNothingAsync(talk);
    }

    [Fact]
    public async Task Of_a_merged_one_the_branch_is_named_that_has_its_commits()
    {
        var talk = await FailedAsync();
        using var ada = await house.SignInAsync("ada");
        var opened = await FormAsync(ada, talk);
        house.World.MergePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();

        (await AgainAsync(ada, talk, opened)).ShouldContain("Pull request #1 was merged: deploy main instead, which has its commits");
        await ShouldHaveLeftNothingAsync(talk);
    }

    [Fact]
    public async Task While_it_is_open_it_is_deployed_again_for_it()
    {
        var talk = await FailedAsync();
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.SubmitAsync(await FormAsync(ada, talk));
        await talk.Shop.SettleAsync();

        ((int)answer.StatusCode).ShouldBe(303);
        talk.Shop.Made.ShouldBe([$"review/pr-1:{talk.Head}", $"review/pr-1:{talk.Head}"]);
        (await talk.Shop.RowsAsync())[^1].PullRequest!.Value.Value.ShouldBe(1);
    }

    [Fact]
    public async Task From_the_page_of_the_branch_and_by_Slack_the_same_is_said()
    {
        var talk = await FailedAsync();
        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        await talk.Shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        var slack = new SlackDriver(house);
        await slack.LinkAsync("ada");

        using var closed = await ada.PostFormAsync($"/{talk.Repository.FullName}/deploy", ("target", "review"), ("sha", talk.Head), ("ref", "tea"));
        var main = talk.World.Read(_ => talk.Repository.Head);
        using var never = await ada.PostFormAsync($"/{talk.Repository.FullName}/deploy", ("target", "review"), ("sha", main!), ("ref", "main"));

        (await closed.ReadPageAsync()).QuerySelector("main")!.TextContent.ShouldContain("Pull request #1 is closed: reopen it to deploy it");
        var told = (await never.ReadPageAsync()).QuerySelector("main")!.TextContent;
        told.ShouldContain("review goes by pull requests, and main has none that is open.");
        told.ShouldContain("Open one, or deploy a branch that has one.");
        string.Concat((await slack.AskAsync("ada", $"deploy {talk.Repository.FullName}@tea review")).Texts.Select(text => text.Text)).ShouldContain("Pull request #1 is closed: reopen it to deploy it");
        await ShouldHaveLeftNothingAsync(talk);
    }

    [Fact]
    public async Task A_branch_that_is_gone_is_named_with_what_helps()
    {
        var talk = new ConversationDriver(house, "staging: { environment: staging }");
        await talk.SayAsync("/deploy staging");
        await talk.ReportAsync("staging", "failure");
        using var ada = await house.SignInAsync("ada");
        var opened = await FormAsync(ada, talk);
        house.World.ClosePullRequest(talk.Repository, talk.Pull, house.Ada);
        house.World.DeleteBranch(talk.Repository, "tea", house.Ada);
        await talk.Shop.SettleAsync();

        var told = await AgainAsync(ada, talk, opened);

        told.ShouldContain("There is no branch or tag tea: it was deleted, or never was.");
        told.ShouldContain("Deploy it from a branch that has it, as main has what was merged.");
    }

    private async Task<ConversationDriver> FailedAsync()
    {
        var talk = new ConversationDriver(house, Review);
        await talk.Shop.SettleAsync();
        await talk.ReportAsync("review/pr-1", "failure", "No");
        return talk;
    }

    private static async Task ShouldHaveLeftNothingAsync(ConversationDriver talk)
    {
        var row = (await talk.Shop.RowsAsync()).ShouldHaveSingleItem();
        (row.Environment.Value, row.State).ShouldBe(("review/pr-1", DeploymentState.Failure));
    }

    private static async Task<string> AskAsync(ConversationDriver talk) => (await talk.AskAsync("/deploy review"))
        .Replace("\\#&#8203;", "#", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);

    /// <summary>The form that was opened before is sent; whoever opens the page now isn't offered what would be refused.</summary>
    private static async Task<string> AgainAsync(HttpClient ada, ConversationDriver talk, IHtmlFormElement opened)
    {
        using var answer = await ada.SubmitAsync(opened);
        (await ada.OpenAsync(PageOf(talk, (await talk.Shop.RowsAsync())[0]))).QuerySelector("form[action$='/deploy']").ShouldBeNull();
        return (await answer.ReadPageAsync()).QuerySelector("main")!.TextContent;
    }

    private static string PageOf(ConversationDriver talk, Deployment row) => $"/{talk.Repository.FullName}/deployments/{row.Id.Value}";

    private static async Task<IHtmlFormElement> FormAsync(HttpClient ada, ConversationDriver talk)
    {
        return (IHtmlFormElement)(await ada.OpenAsync(PageOf(talk, (await talk.Shop.RowsAsync())[^1]))).QuerySelector("form[action$='/deploy']").ShouldNotBeNull();
    }
}
