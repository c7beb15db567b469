using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>Wherever somebody asks how things stand, a <c>deploy.yml</c> that can't be followed is told of.</summary>
public sealed class BrokenFileTests(House house) : IClassFixture<House>
{
    private const string Broken = "production:\n  auto_deploy: refs/heads/main\n";
    private const string Sound = "production:\n  auto_deploy_on: refs/heads/main\n";
    private const string Warning = "Until that is mended, nothing is deployed by it.";

    [Fact]
    public async Task Status_in_a_pull_request_says_that_the_file_is_broken()
    {
        var talk = new ConversationDriver(house, Sound);
        talk.Shop.Push("Sell cake");
        await talk.Shop.SettleAsync();
        (await talk.AskAsync("/status")).ShouldNotContain(Warning);

        talk.Shop.PushDeployFile(Broken);
        await talk.Shop.SettleAsync();
        var answer = await talk.AskAsync("/status");
        var help = await talk.AskAsync("/deploy help");

        answer.ShouldStartWith("❌ .github/deploy.yml has an error in line 2, column 3: ");
        answer.ShouldContain($" {Warning}\n\n| Environment | Live |");
        help.ShouldMatch(@"[.?] Until that is mended, nothing is deployed by it\.");
    }

    [Fact]
    public async Task Status_in_Slack_says_that_the_file_is_broken()
    {
        var shop = new RepositoryDriver(house, Sound);
        var slack = new SlackDriver(house);
        await slack.LinkAsync("ada");
        (await slack.AskAsync("ada", $"status {shop.Repository.FullName}")).Text.ShouldNotContain(Warning);

        shop.PushDeployFile(Broken);
        var answer = await slack.AskAsync("ada", $"status {shop.Repository.FullName}");

        answer.Text.ShouldContain(".github/deploy.yml has an error in line 2, column 3: ");
        answer.Text.ShouldContain(Warning);
    }

    [Fact]
    public async Task The_page_of_the_commit_at_which_it_was_broken_says_so_once_it_is_mended()
    {
        var shop = new RepositoryDriver(house, Sound);
        var broken = shop.PushDeployFile(Broken);
        await shop.SettleAsync();
        var mended = shop.PushDeployFile(Sound);
        await shop.SettleAsync();
        using var rita = await house.SignInAsync("rita");

        (await rita.OpenAsync($"/{shop.Repository.FullName}/commit/{broken}")).QuerySelector("#file-then").ShouldNotBeNull()
            .TextContent.ShouldStartWith("At this commit, .github/deploy.yml is broken in line 2, column 3: ");
        (await rita.OpenAsync($"/{shop.Repository.FullName}/commit/{mended}")).QuerySelector("#file-then").ShouldBeNull();
    }
}
