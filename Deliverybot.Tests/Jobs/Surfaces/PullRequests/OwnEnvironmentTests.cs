using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>A target whose environment is a template has many: in a pull request its own is meant, elsewhere those are named that there are.</summary>
public sealed class OwnEnvironmentTests(House house) : IClassFixture<House>
{
    private const string Review =
        """
        review:
          environment: review/pr-${{ pr }}
          transient_environment: true
        """;

    private const string Never = "Nothing was rolled back. Nothing has succeeded in review/pr-1 yet, so there is nothing to go back to.";

    [Fact]
    public async Task A_rollback_in_a_pull_request_goes_to_its_own()
    {
        var talk = await FailedAsync("success");
        talk.Shop.Push("Green tea", "tea");
        await talk.SayAsync("/deploy review");
        await talk.ReportAsync("review/pr-1", "success");

        await talk.SayAsync("/rollback review");

        talk.Shop.Made[^1].ShouldBe($"review/pr-1:{talk.Head}");
    }

    [Theory]
    [InlineData("review")]
    [InlineData("review/pr-1")]
    public async Task Where_nothing_has_succeeded_that_is_said_whatever_it_is_called(string name)
    {
        var talk = await FailedAsync("failure");

        Plain(await talk.AskAsync($"/rollback {name}")).ShouldStartWith(Never);
    }

    [Fact]
    public async Task Where_nothing_was_ever_deployed_of_it_that_is_said()
    {
        var talk = new ConversationDriver(house, Review);

        Plain(await talk.AskAsync("/rollback review")).ShouldStartWith("Nothing was rolled back. Nothing of pull request #1 was ever deployed to review, so there is nothing to go back to.");
    }

    [Fact]
    public async Task By_Slack_and_on_pages_the_same_reason_is_given_and_the_names_that_there_are()
    {
        var talk = await FailedAsync("failure");
        var slack = new SlackDriver(house);
        await slack.LinkAsync("ada");
        using var ada = await house.SignInAsync("ada");

        (await SlackAsync("review/pr-1")).ShouldContain("Nothing has succeeded in review/pr-1 yet, so there is nothing to go back to.");
        (await SlackAsync("review")).ShouldContain("Name the environment that is to go back.");
        (await WebAsync("review/pr-1")).ShouldContain("Nothing has succeeded in review/pr-1 yet, so there is nothing to go back to.");
        await talk.SayAsync("/deploy review");
        await talk.ReportAsync("review/pr-1", "success");
        (await SlackAsync("review")).ShouldContain("Name the environment that is to go back: review/pr-1.");
        (await WebAsync("review")).ShouldContain("Name the environment that is to go back: review/pr-1.");

        async Task<string> SlackAsync(string name) => string.Concat(
            (await slack.AskAsync("ada", $"rollback {talk.Repository.FullName} {name}")).Texts.Select(text => Plain(text.Text)));

        async Task<string> WebAsync(string name)
        {
            using var answer = await ada.PostFormAsync($"/{talk.Repository.FullName}/rollback", ("target", name));
            return (await answer.ReadPageAsync()).QuerySelector("main")!.TextContent;
        }
    }

    [Fact]
    public async Task It_is_locked_and_unlocked_by_the_target_too()
    {
        var talk = await FailedAsync("success");

        Plain(await talk.AskAsync("/lock review")).ShouldContain("review/pr-1 is locked by ada.");
        Plain(await talk.AskAsync("/unlock review")).ShouldContain("ada unlocked review/pr-1");
    }

    private async Task<ConversationDriver> FailedAsync(string state)
    {
        var talk = new ConversationDriver(house, Review);
        await talk.SayAsync("/deploy review");
        await talk.ReportAsync("review/pr-1", state);
        (await talk.Shop.RowsAsync()).ShouldHaveSingleItem().State.ShouldBe(state == "success" ? DeploymentState.Success : DeploymentState.Failure);
        return talk;
    }

    private static string Plain(string text) =>
        text.Replace("&#8203;", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
}
