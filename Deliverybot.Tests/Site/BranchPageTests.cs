using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class BranchPageTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  environment: production\n";

    [Fact]
    public async Task It_shows_the_default_branch_whatever_that_is_called()
    {
        var repository = house.World.CreateRepository(house.CreateRepository().Owner, $"trunk-{Guid.NewGuid():N}", defaultBranch: "trunk");
        using var olive = await house.SignInAsync("olive");

        var page = await olive.OpenAsync($"/{repository.FullName}");

        page.Title.ShouldNotBeNull().ShouldStartWith("trunk ·");
        page.QuerySelectorAll("#commits > li").ShouldHaveSingleItem();
        page.Body!.TextContent.ShouldContain("Nothing is deployed from here.");
    }

    [Fact]
    public async Task A_commit_leads_to_where_all_pages_lead_at_GitHub()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");

        var here = (await ada.OpenAsync($"/{repository.FullName}")).QuerySelector("#commits .at-github")!.GetAttribute("href");
        var there = (await ada.OpenAsync($"/{repository.FullName}/commit/{repository.Branches["main"]}")).QuerySelector(".commit-head .btn")!.GetAttribute("href");

        here.ShouldNotBeNull().ShouldBe(there);
    }

    [Theory]
    [InlineData("feature/cart/v2")]
    [InlineData("ärger-🚀")]
    [InlineData("50%_off#1")]
    public async Task Any_name_of_a_branch_has_a_page(string branch)
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, branch, house.Ada, "On a branch");
        using var ada = await house.SignInAsync("ada");

        var picker = await ada.OpenAsync($"/{repository.FullName}");
        var address = picker.QuerySelectorAll("#branches a").Single(link => link.GetAttribute("data-name") == branch).GetAttribute("href")!;
        var page = await ada.OpenAsync(address);

        page.QuerySelector(".commit-title")!.TextContent.ShouldBe("On a branch");
    }

    [Theory]
    [InlineData("tea", "There is no branch tea")]
    [InlineData("refs/tags/v1", "There is no tag v1")]
    public async Task A_branch_that_is_gone_is_named_with_the_way_to_those_that_there_are(string asked, string told)
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, "tea", house.Ada, "On a branch");
        house.World.DeleteBranch(repository, "tea", house.Ada);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.GetAsync($"/{repository.FullName}/branch/{asked}", TestContext.Current.CancellationToken);
        var page = await answer.ReadPageAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        page.QuerySelector("h1")!.TextContent.ShouldBe(told);
        page.QuerySelector("main")!.TextContent.ShouldContain("It was deleted, or never was.");
        page.QuerySelector("#missing .btn-primary")!.TextContent.ShouldBe("Commits of main");
        page.QuerySelector("#missing .btn-primary")!.GetAttribute("href").ShouldBe($"/{repository.FullName}");
    }

    [Fact]
    public async Task A_tag_has_a_page_too()
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.CreateTag(repository, "v1", repository.Branches["main"], house.Ada, "First");
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{repository.FullName}/branch/refs/tags/v1");

        page.QuerySelectorAll("#commits > li").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_branch_that_is_not_there_is_not_found()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.GetAsync($"/{repository.FullName}/branch/nowhere", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Older_commits_are_on_the_next_page()
    {
        var repository = house.CreateRepository(DeployFile);
        for (var number = 1; number <= 30; number++)
        {
            house.World.Push(repository, "main", house.Ada, $"Change {number}");
        }

        using var ada = await house.SignInAsync("ada");

        var first = await ada.OpenAsync($"/{repository.FullName}");
        var second = await ada.OpenAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        first.QuerySelectorAll("#commits > li").Length.ShouldBe(30);
        second.QuerySelectorAll(".commit-title").ShouldHaveSingleItem().TextContent.ShouldBe("Initial commit");
        second.QuerySelector("a[rel=next]").ShouldBeNull();
    }

    [Fact]
    public async Task Hostile_text_is_text()
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, "main", house.Ada, "<script>alert(1)</script> \u202Egnp.exe \"><img src=x onerror=alert(1)>");
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{repository.FullName}");

        page.QuerySelectorAll("script:not([src]), img[onerror]").ShouldBeEmpty();
        page.QuerySelector(".commit-title")!.TextContent.ShouldStartWith("<script>alert(1)</script>");
    }

    [Fact]
    public async Task Faults_of_the_deploy_file_are_shown_with_their_lines()
    {
        var repository = house.CreateRepository("production:\n  enviroment: production\n");
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{repository.FullName}");

        page.QuerySelector("#deploy-note")!.TextContent.ShouldContain("line 2");
        page.QuerySelectorAll("details.deploy").ShouldBeEmpty();
    }

    [Fact]
    public async Task It_costs_one_GraphQL_call_and_one_look_at_the_deploy_file()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        var before = house.GitHub.Requests.All.Count;

        await ada.OpenAsync($"/{repository.FullName}");

        var calls = house.GitHub.Requests.All.Skip(before).Where(request => request.Path.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        calls.Count(call => call.Path == "/api/graphql").ShouldBe(1);
        calls.Count(call => call.Path.StartsWith($"/api/v3/repos/{repository.FullName}/contents/", StringComparison.Ordinal)).ShouldBe(1);
        calls.ShouldNotContain(call => call.Path == $"/api/v3/repos/{repository.FullName}");
    }

    [Fact]
    public async Task Branches_and_tags_are_found_however_many_there_are()
    {
        var repository = house.CreateRepository(DeployFile);
        for (var number = 0; number < 60; number++)
        {
            house.World.CreateTag(repository, $"v{number:00}", repository.Branches["main"], house.Ada, "Release");
            house.World.Push(repository, $"a/branch-{number:00}", house.Ada, "On a branch");
        }

        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{repository.FullName}");
        var found = await ada.OpenAsync($"/{repository.FullName}?find=59");

        page.QuerySelectorAll("#branches a")[0].GetAttribute("data-name").ShouldBe("main");
        page.QuerySelector("#branches")!.TextContent.ShouldContain("of 60 tags");
        found.QuerySelectorAll("#branches a").Select(link => link.GetAttribute("href")).ShouldBe(
            [$"/{repository.FullName}/branch/a/branch-59", $"/{repository.FullName}/branch/refs/tags/v59"]);
        (await ada.OpenAsync(found.QuerySelectorAll("#branches a")[1].GetAttribute("href")!)).QuerySelectorAll("#commits > li").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_commit_that_went_to_many_environments_shows_the_news_and_leads_to_the_rest()
    {
        var repository = house.CreateRepository(DeployFile);
        var id = await house.KnownAsync(repository);
        var sha = repository.Branches["main"];
        await house.WriteAsync([.. Enumerable.Range(1, 12).Select(number => PageRows.Deployment(id, sha, $"region-{number:00}"))]);
        await house.WriteAsync(PageRows.Deployment(id, sha, "zone", DeploymentState.Failure));
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{repository.FullName}");

        page.QuerySelectorAll(".placements .where").Select(where => where.TextContent).ShouldBe([.. Enumerable.Range(1, 7).Select(number => $"region-{number:00}"), "zone"]);
        var more = page.QuerySelector(".placements-more")!;
        more.TextContent.ShouldBe("and 5 more");
        more.GetAttribute("href").ShouldBe(page.QuerySelector(".commit-title")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_came_to_nothing_does_not_hide_what_is_there()
    {
        var repository = house.CreateRepository(DeployFile);
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(PageRows.Deployment(id, repository.Branches["main"]));
        await house.WriteAsync(PageRows.Deployment(id, repository.Branches["main"], state: DeploymentState.Denied));
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{repository.FullName}");

        page.QuerySelectorAll(".placements .badge-state").ShouldHaveSingleItem().TextContent.ShouldContain("live");
    }

    [Fact]
    public async Task A_headline_of_any_length_is_cut()
    {
        var repository = house.CreateRepository(DeployFile);
        house.World.Push(repository, "main", house.Ada, new string('x', 100_000));
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{repository.FullName}");

        page.QuerySelector(".commit-title")!.TextContent.Length.ShouldBe(201);
    }
}
