using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class OpenedDeployFormTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  environment: production\n";

    [Fact]
    public async Task A_commit_that_waits_for_somebodys_word_can_be_promoted()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n  required_contexts: [deliverybot/promotion]\n");
        using var ada = await house.SignInAsync("ada");

        var before = await ada.OpenFormAsync(repository);
        house.World.SetStatus(repository, repository.Branches["main"], "deliverybot/promotion", "success", house.Ada);
        var after = await ada.OpenFormAsync(repository);

        before.QuerySelectorAll("form[action$='/promote']").ShouldHaveSingleItem();
        after.QuerySelectorAll("form[action$='/promote']").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_live_where_somebody_promotes_is_not_to_be_promoted()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n  required_contexts: [deliverybot/promotion]\n");
        await KnownAsync(repository);
        await house.WriteAsync(PageRows.Deployment(new RepositoryId(repository.Id), repository.Branches["main"]));
        using var ada = await house.SignInAsync("ada");

        var form = await ada.OpenFormAsync(repository);

        form.QuerySelectorAll("form[action$='/promote']").ShouldBeEmpty();
        form.QuerySelector(".target-word")!.TextContent.ShouldBe(
            $"Waiting for somebody to promote it. {repository.Branches["main"][..7]} is live in production already.");
    }

    [Fact]
    public async Task What_waits_behind_ones_own_lock_says_so_and_that_it_waits_anyway_is_said_with_a_refusal()
    {
        var acts = new ActDriver(house, DeployFile + "  auto_deploy_on: refs/heads/main\n  queue: latest\n");
        using var ada = await house.SignInAsync("ada");
        using var locked = await ada.PostFormAsync($"/{acts.Name}/lock", ("environment", "production"));
        acts.Shop.Push("Sell tea");
        await acts.Shop.SettleAsync();

        var part = await ada.OpenFormAsync(acts.Shop.Repository);

        part.QuerySelector(".target-word")!.TextContent.ShouldBe(
            "Ready: goes to production at once. It waits already, and goes out by itself once it may: production is locked by ada.");
        acts.Writer(ActDriver.Grace);
        using var grace = await house.SignInAsync("grace");
        using var refused = await grace.PostFormAsync($"/{acts.Name}/deploy", ("target", "production"), ("sha", acts.Shop.Repository.Branches["main"]));
        (await refused.ReadPageAsync()).QuerySelector("main")!.TextContent.ShouldContain("It waits already, and goes out by itself once it may.");
    }

    [Fact]
    public async Task Each_target_says_what_it_would_do_before_the_button_is_pressed()
    {
        var repository = house.CreateRepository(DeployFile + "checked:\n  environment: staging\n  required_contexts: [ci]\n");
        house.World.Push(repository, "main", house.Ada, "Sell tea");
        await KnownAsync(repository);
        using var ada = await house.SignInAsync("ada");

        var part = await ada.OpenFormAsync(repository);

        var lines = part.QuerySelectorAll(".target-line").Select(line => line.TextContent).ToList();
        lines.Count.ShouldBe(2);
        lines[0].ShouldContain("ci");
        lines[1].ShouldContain("Ready");
    }

    [Fact]
    public async Task Under_somebody_elses_lock_the_form_unlocks_and_offers_nothing_that_would_be_refused()
    {
        var repository = house.CreateRepository(DeployFile);
        await KnownAsync(repository);
        await house.WriteAsync(new EnvironmentLock
        {
            RepositoryId = new RepositoryId(repository.Id),
            Environment = new EnvironmentName("production"),
            Kind = LockKind.Lock,
            Holder = ActDriver.Grace,
            Since = DateTimeOffset.UtcNow,
        });
        using var ada = await house.SignInAsync("ada");

        foreach (var part in new[] { await ada.OpenFormAsync(repository), await ada.OpenAsync($"/{repository.FullName}/environments?handler=Form&act=deploy&environment=production") })
        {
            part.QuerySelector(".target-line")!.TextContent.ShouldContain("locked by grace");
            part.QuerySelectorAll("form[action$='/unlock'] button").ShouldHaveSingleItem().TextContent.ShouldContain("Unlock production");
            part.QuerySelectorAll("input[name=force]").ShouldBeEmpty();
            part.QuerySelectorAll("form[action$='/deploy'] button").ShouldHaveSingleItem().TextContent.ShouldContain("Wait until it may");
        }
    }

    [Fact]
    public async Task What_waits_itself_is_said_to_go_out_by_itself()
    {
        var acts = new ActDriver(house, DeployFile + "  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        acts.Shop.Push("Sell tea");
        await acts.Shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        var part = await ada.OpenFormAsync(acts.Shop.Repository);

        part.QuerySelector(".target-word")!.TextContent.ShouldBe("Waiting for ci (no result yet). It waits already, and goes out by itself once it may.");
    }

    [Fact]
    public async Task An_older_commit_is_said_to_be_older_though_somebody_has_to_promote_it()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n  required_contexts: [deliverybot/promotion]\n");
        var tea = repository.Branches["main"];
        var coffee = house.World.Push(repository, "main", house.Ada, "Sell coffee");
        await KnownAsync(repository);
        await house.WriteAsync(PageRows.Deployment(new RepositoryId(repository.Id), coffee));
        using var ada = await house.SignInAsync("ada");

        var part = await ada.OpenAsync($"/{repository.FullName}/branch/main?handler=DeployForm&sha={tea}");

        part.QuerySelector(".target-word")!.TextContent.ShouldBe(
            $"Waiting for somebody to promote it. {tea[..7]} is older than {coffee[..7]}, which is live in production: 1 commit leaves it.");
    }

    [Fact]
    public async Task A_rollback_to_nothing_is_no_form()
    {
        var acts = new ActDriver(house, DeployFile + "  auto_deploy_on: refs/heads/main\n");
        var tea = await acts.GoLiveAsync("Sell tea");
        using var ada = await house.SignInAsync("ada");

        var part = await ada.OpenAsync($"/{acts.Name}/environments?handler=Form&act=rollback&environment=production");
        var commit = await ada.OpenFormAsync(acts.Shop.Repository);

        part.Body!.TextContent.ShouldContain($"Nothing was live in production before {tea[..7]}.");
        part.QuerySelectorAll("form").ShouldBeEmpty();
        commit.Body!.TextContent.ShouldContain($"Nothing was live in production before {tea[..7]}.");
        commit.QuerySelectorAll("form[action$='/rollback']").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_of_commits_carries_no_form_but_the_one_that_is_asked_for()
    {
        var repository = house.CreateRepository(DeployFile);
        for (var number = 1; number <= 35; number++)
        {
            house.World.Push(repository, "main", house.Ada, $"Change {number}");
        }

        await KnownAsync(repository);
        using var ada = await house.SignInAsync("ada");
        var second = (await ada.OpenAsync($"/{repository.FullName}")).QuerySelector("a[rel=next]")!.GetAttribute("href")!;

        var page = await ada.OpenAsync(second);
        var asked = await ada.OpenAsync(page.QuerySelectorAll("#commits details.deploy a")[1].GetAttribute("href")!);

        page.QuerySelectorAll("main form[method=post]").ShouldBeEmpty();
        var form = asked.QuerySelectorAll("#deploy form[action$='/deploy']").ShouldHaveSingleItem();
        form.QuerySelector("input[name=sha]")!.GetAttribute("value")![..7].ShouldBe(asked.QuerySelectorAll(".commit .sha")[1].TextContent);
        form.QuerySelector("input[name=ref]")!.GetAttribute("value").ShouldBe("refs/heads/main");
        form.TextContent.ShouldContain("Ready: goes to production at once.");
        asked.QuerySelectorAll(".commit-title").Select(title => title.TextContent).ShouldBe(page.QuerySelectorAll(".commit-title").Select(title => title.TextContent));

        using var answer = await ada.SubmitAsync((IHtmlFormElement)form);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe(second.Replace($"/{repository.FullName}?", $"/{repository.FullName}/branch/main?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rita", "main")]
    [InlineData("ada", "no-sha")]
    public async Task Whoever_may_not_deploy_is_given_no_form(string login, string sha)
    {
        var repository = house.CreateRepository(DeployFile);
        using var visitor = await house.SignInAsync(login);
        var asked = sha == "main" ? repository.Branches["main"] : sha;

        using var part = await visitor.GetAsync($"/{repository.FullName}/branch/main?handler=DeployForm&sha={asked}", TestContext.Current.CancellationToken);
        var page = await visitor.OpenAsync($"/{repository.FullName}?deploy={asked}");

        part.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        page.QuerySelector("#deploy").ShouldBeNull();
    }

    private Task KnownAsync(Repository repository) => house.EventuallyAsync(
        () => house.ReadAsync(db => Task.FromResult(db.Repositories.Any(row => row.Id == new Data.Names.RepositoryId(repository.Id)))), "the repository is known");
}
