using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Jobs.Surfaces.PullRequests;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Deliverybot.Tests.Jobs.Upkeep;
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

    [Theory]
    [InlineData(Sound, -1, false)]
    [InlineData(Broken, -1, true)]
    // A push has found something since the page read the file.
    [InlineData(Sound, 1, true)]
    public async Task Home_says_so_no_longer_once_somebody_has_looked_though_the_push_that_mended_it_was_lost(string file, int minutes, bool isTold)
    {
        var shop = new RepositoryDriver(house, file);
        await shop.SettleAsync();
        await house.KnownAsync(shop.Repository);
        await house.ExecuteAsync(
            $"update repositories set deploy_file_fault = 'It is broken.', deploy_file_fault_at = now() + interval '{minutes} minutes' where id = {shop.Repository.Id}");
        using var ada = await house.SignInAsync("ada");
        (await NeedsAsync()).ShouldBe(1);

        await ada.OpenAsync($"/{shop.Repository.FullName}/config");

        (await NeedsAsync()).ShouldBe(isTold ? 1 : 0);

        async Task<int> NeedsAsync() => (await ada.OpenAsync("/?needs=all")).QuerySelectorAll(".need")
            .Count(need => need.TextContent.Contains(shop.Repository.FullName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_pages_say_what_follows_as_all_others_do()
    {
        var shop = new RepositoryDriver(house, Broken);
        using var ada = await house.SignInAsync("ada");

        (await ada.OpenAsync($"/{shop.Repository.FullName}/environments")).GetElementById("deploy-note")!.TextContent.ShouldContain($"{Warning} Rolling back still works.");
    }

    [Fact]
    public async Task Home_says_so_until_it_is_mended()
    {
        var shop = new RepositoryDriver(house, Sound);
        await shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");
        var name = shop.Repository.FullName;

        shop.PushDeployFile(Broken);
        await shop.SettleAsync();
        var need = (await ada.OpenAsync("/")).QuerySelectorAll(".need").Single(need => need.TextContent.Contains(name, StringComparison.Ordinal));
        var others = await rita.OpenAsync("/");
        shop.PushDeployFile(Sound);
        await shop.SettleAsync();

        need.QuerySelector(".badge-state")!.TextContent.Trim().ShouldBe("broken");
        need.QuerySelector(".need-title")!.GetAttribute("href").ShouldBe($"/{name}/config");
        need.TextContent.ShouldContain(".github/deploy.yml has an error in line 2, column 3: ");
        others.QuerySelector("#needs")!.TextContent.ShouldContain("Nothing that you could see to: where you may deploy,");
        (await ada.OpenAsync("/")).QuerySelectorAll(".need").ShouldNotContain(left => left.TextContent.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Home_says_that_it_is_called_by_another_name_until_that_is_gone()
    {
        var shop = new RepositoryDriver(house, Sound);
        await shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        var name = shop.Repository.FullName;

        house.World.Push(shop.Repository, "main", house.Ada, "Name it yaml", new Dictionary<string, string?> { [".github/deploy.yml"] = null, [".github/deploy.yaml"] = Sound });
        await shop.SettleAsync();
        var misnamed = await ada.OpenAsync("/");
        house.World.Push(shop.Repository, "main", house.Ada, "Do without", new Dictionary<string, string?> { [".github/deploy.yaml"] = null });
        await shop.SettleAsync();
        var gone = await ada.OpenAsync("/");

        misnamed.QuerySelectorAll(".need").Single(need => need.TextContent.Contains(name, StringComparison.Ordinal)).TextContent.ShouldContain("rename it");
        gone.QuerySelectorAll(".need").ShouldNotContain(need => need.TextContent.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_there_is_none_status_says_so_and_offers_no_targets()
    {
        var talk = new ConversationDriver(house, Sound);
        var slack = new SlackDriver(house);
        await slack.LinkAsync("ada");
        talk.Shop.RemoveDeployFile();
        await talk.Shop.SettleAsync();

        var comment = await talk.AskAsync("/status");
        var answer = await slack.AskAsync("ada", $"status {talk.Shop.Repository.FullName}");

        comment.ShouldStartWith("The default branch has no .github/deploy.yml, so there are no targets: add one");
        comment.ShouldNotContain("lists the targets");
        answer.Text.ShouldContain("The default branch has no .github/deploy.yml, so there are no targets: add one");
    }

    [Fact]
    public async Task An_environment_that_no_target_names_any_more_says_so()
    {
        var shop = new RepositoryDriver(house, $"{Sound}staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n");
        await shop.SettledAsync(shop.Push("Sell cake"));
        using var ada = await house.SignInAsync("ada");
        var board = $"/{shop.Repository.FullName}/environments";
        const string Forsaken = "No target of deploy.yml deploys here any more.";
        (await ada.OpenAsync(board)).Body!.TextContent.ShouldNotContain(Forsaken);

        shop.PushDeployFile(Sound);
        await shop.SettleAsync();
        var rows = (await ada.OpenAsync(board)).QuerySelectorAll(".environment");

        rows.Where(row => row.TextContent.Contains(Forsaken, StringComparison.Ordinal)).ShouldHaveSingleItem()
            .QuerySelector(".environment-name")!.TextContent.Trim().ShouldBe("staging");
    }
}
