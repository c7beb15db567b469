using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>A GitHub Actions workflow lies where <c>deploy.yml</c> belongs, as in thousands of repositories: nobody has asked us for anything.</summary>
public sealed class WorkflowInPlaceTests(House house) : IClassFixture<House>
{
    private const string Workflow =
        "name: Deploy\non:\n  push:\n    branches: [main]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ secrets.KEY }}\n";

    private const string Sentence =
        ".github/deploy.yml is a GitHub Actions workflow, which belongs under .github/workflows: there are no targets of Deliverybot in it.";

    [Fact]
    public async Task It_is_met_with_silence()
    {
        var talk = new ConversationDriver(house, Workflow);
        await talk.Shop.SettleAsync();
        talk.Shop.Push("Sell green tea", "tea");
        var changed = talk.Shop.PushDeployFile(Workflow + "# once more\n");
        var changedInPullRequest = talk.Shop.PushDeployFile(Workflow + "# and more\n", "tea");
        await talk.Shop.SettleAsync();

        talk.Said.ShouldBeEmpty();
        talk.Shop.StatusesOf(changed, "deliverybot/config").ShouldBeEmpty();
        talk.Shop.StatusesOf(changedInPullRequest, "deliverybot/config").ShouldBeEmpty();
        (await talk.Shop.RowsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/deploy", Sentence)]
    [InlineData("/deploy help", Sentence)]
    [InlineData("/deploy production", $"`production` was not deployed. {Sentence}")]
    [InlineData("/promote", Sentence)]
    public async Task Who_asks_gets_one_sentence(string command, string answer)
    {
        var talk = new ConversationDriver(house, Workflow);

        var said = Unescaped(await talk.AskAsync(command));

        said.ShouldStartWith(answer);
        said[answer.Length..].ShouldMatch(@"^$|^ \[Look at Config\]\(http[^)]*/config\)\.$");
    }

    [Fact]
    public async Task What_waited_for_a_file_that_is_a_workflow_now_ends()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/release/*\n  required_contexts: [ci]\n");
        var sha = shop.Push("Waits for ci", "release/1");
        await shop.SettleAsync();

        shop.PushDeployFile(Workflow);

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Cancelled);
    }

    [Fact]
    public async Task The_pages_say_it_in_a_sentence()
    {
        var repository = house.CreateRepository(Workflow);
        using var rita = await house.SignInAsync("rita");

        var config = await rita.OpenAsync($"/{repository.FullName}/config");
        config.QuerySelector("#workflow")!.TextContent.ShouldBe(Sentence);
        config.QuerySelectorAll(".tone-bad").ShouldBeEmpty();
        foreach (var page in new[] { "", "/environments" })
        {
            var note = (await rita.OpenAsync($"/{repository.FullName}{page}")).QuerySelector("#deploy-note")!;
            note.TextContent.ShouldContain("is a GitHub Actions workflow, which belongs under .github/workflows");
            note.ClassList.ShouldNotContain("tone-bad");
        }
    }

    [Fact]
    public async Task A_workflow_can_not_be_tried()
    {
        using var rita = await house.SignInAsync("rita");
        using var answer = await rita.PostFormAsync(
            $"/{house.CreateRepository(Workflow).FullName}/config", ("Form.File", Workflow), ("Form.Event", "push"), ("Form.Ref", "main"), ("Form.Number", "7"));

        (await answer.ReadPageAsync()).QuerySelector(".try-answer")!.TextContent.ShouldContain("This is a GitHub Actions workflow");
    }

    private static string Unescaped(string markdown) => markdown.Replace("\\", "", StringComparison.Ordinal);
}
