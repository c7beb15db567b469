using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
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
    public async Task Under_somebody_elses_lock_there_is_no_force_and_a_way_to_unlock()
    {
        var repository = house.CreateRepository(DeployFile);
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(new Data.Locks.EnvironmentLock
        {
            RepositoryId = id,
            Environment = new Data.Names.EnvironmentName("production"),
            Kind = Data.Locks.LockKind.Lock,
            Holder = Somebody.Called("grace"),
            Since = DateTimeOffset.UtcNow,
        });
        using var ada = await house.SignInAsync("ada");

        foreach (var part in new[] { await ada.OpenFormAsync(repository), await ada.OpenAsync($"/{repository.FullName}/environments?handler=Form&act=deploy&environment=production") })
        {
            part.QuerySelectorAll("input[name=force]").ShouldBeEmpty();
            part.QuerySelectorAll("form[action$='/unlock'] input[name=environment]").ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task A_commit_that_waits_by_itself_is_said_to_go_out_by_itself()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        house.World.Push(repository, "main", house.Ada, "Sell tea");
        await house.EventuallyAsync(() => house.ReadAsync(db => Task.FromResult(db.Deployments.Any(row => row.RepositoryId == new Data.Names.RepositoryId(repository.Id) && row.Gate == "Checks"))), "it waits");
        using var ada = await house.SignInAsync("ada");

        var line = (await ada.OpenFormAsync(repository)).QuerySelector(".target-line")!;

        line.TextContent.ShouldContain("Waiting for ci (pending). It waits there already, and goes out by itself.");
    }

    [Fact]
    public async Task An_older_commit_that_wants_somebodys_word_is_said_to_be_older_and_what_becomes_of_the_hold()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n  required_contexts: [deliverybot/promotion]\n");
        var older = repository.Branches["main"];
        var newer = house.World.Push(repository, "main", house.Ada, "Sell tea");
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(
            PageRows.Deployment(id, newer, at: DateTimeOffset.UtcNow.AddMinutes(-5)),
            new Data.Locks.EnvironmentLock
            {
                RepositoryId = id,
                Environment = new Data.Names.EnvironmentName("production"),
                Kind = Data.Locks.LockKind.Hold,
                Holder = Somebody.Called("grace"),
                Since = DateTimeOffset.UtcNow,
            });
        using var ada = await house.SignInAsync("ada");

        var line = (await ada.OpenFormAsync(repository, older)).QuerySelector(".target-line")!.TextContent;

        line.ShouldContain("Waiting for somebody to promote it.");
        line.ShouldContain($"{older[..7]} is older than {newer[..7]}");
        line.ShouldContain("Events stay held there until somebody unlocks production.");
    }

    [Fact]
    public async Task Where_there_is_nothing_to_go_back_to_there_is_no_form_to_go_back()
    {
        var repository = house.CreateRepository(DeployFile);
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(PageRows.Deployment(id, repository.Branches["main"], at: DateTimeOffset.UtcNow.AddMinutes(-5)));
        using var ada = await house.SignInAsync("ada");

        foreach (var part in new[] { await ada.OpenFormAsync(repository), await ada.OpenAsync($"/{repository.FullName}/environments?handler=Form&act=rollback&environment=production") })
        {
            part.Body!.TextContent.ShouldContain("Nothing was live in production before");
            part.QuerySelectorAll("form[action$='/rollback']").ShouldBeEmpty();
        }
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
