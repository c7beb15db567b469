using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Slack;

/// <summary>What Slack says of a name that there isn't, and of what was rolled back.</summary>
public sealed class SlackHintTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  environment: production\n  auto_deploy_on: refs/heads/main\n";

    private readonly SlackDriver slack = new(house);

    [Theory]
    [InlineData("@mainn", "There is no branch, tag or commit of that name: did you mean main? Write it like @main")]
    [InlineData("@refs/heads/man", "did you mean main?")]
    [InlineData("@nothing-like-it", "There is no branch, tag or commit of that name: there is main. Write it like @main")]
    public async Task A_branch_that_is_misspelt_is_guessed(string named, string hint)
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");

        (await slack.AskAsync("ada", $"deploy {shop.Repository.FullName}{named} production")).Text.ShouldContain(hint);
    }

    [Fact]
    public async Task What_may_not_go_out_yet_waits_with_the_word_and_goes_out_by_itself()
    {
        var shop = new RepositoryDriver(house, "production:\n  required_contexts: [ci]\n");
        await slack.LinkAsync("ada");
        await shop.SettleAsync();
        var sha = shop.Repository.Branches["main"];

        var refused = string.Concat((await slack.AskAsync("ada", $"deploy {shop.Repository.FullName} production")).Texts.Select(text => text.Text));
        var waits = string.Concat((await slack.AskAsync("ada", $"deploy {shop.Repository.FullName} production wait")).Texts.Select(text => text.Text));
        await shop.PassAsync(sha, "ci");

        refused.ShouldContain($"Let it go out once it may: `/deliverybot deploy {shop.Repository.FullName} production wait`");
        waits.ShouldContain(":hourglass_flowing_sand:");
        waits.ShouldContain("It waits: Waiting for ci (no result yet).");
        await shop.AwaitAsync("production", sha, Data.Deploying.DeploymentState.Pending);
    }

    [Fact]
    public async Task An_environment_that_is_misspelt_is_guessed()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var name = shop.Repository.FullName;
        await slack.LinkAsync("ada");

        (await slack.AskAsync("ada", $"status {name} prodution")).Text.ShouldContain("There is no environment prodution: did you mean production?");
        (await slack.AskAsync("ada", $"lock {name} prodution")).Text.ShouldContain("did you mean production?");
        (await slack.AskAsync("ada", $"unlock {name} prodution")).Text.ShouldContain("did you mean production?");
        (await slack.AskAsync("ada", $"rollback {name} prodution")).Text.ShouldContain("did you mean production?");
        (await slack.AskAsync("ada", $"deploy {name} prodution")).Text.ShouldContain("did you mean production?");
        (await slack.AskAsync("ada", $"status {name} production")).Text.ShouldContain("Nothing is live there, nothing waits, and nothing is locked.");
    }

    [Fact]
    public async Task What_was_rolled_back_is_said_to_be_and_on_which_branch_it_was()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        var first = shop.Push("Sell tea");
        await shop.SettleAsync();
        await shop.ReportAsync("production", first, "success");
        var second = shop.Push("Sell cake");
        await shop.SettleAsync();
        await shop.ReportAsync("production", second, "success");
        await slack.AskAsync("ada", $"rollback {shop.Repository.FullName} production");
        await shop.SettleAsync();
        await shop.ReportAsync("production", first, "success");

        var answer = (await slack.AskAsync("ada", $"status {shop.Repository.FullName}")).Text;

        answer.ShouldContain($"`production` runs `{first[..7]}` (`main`), ");
        answer.ShouldContain("brought back by `ada`");
    }
}
