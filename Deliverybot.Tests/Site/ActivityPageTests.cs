using Deliverybot.Data.Activity;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class ActivityPageTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task An_empty_record_says_what_comes_here()
    {
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{house.CreateRepository().FullName}/activity");

        page.QuerySelector(".empty")!.TextContent.ShouldContain("Nobody has done anything by hand yet");
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?person=ADA", 1)]
    [InlineData("?act=locked", 2)]
    [InlineData("?act=nonsense", 3)]
    [InlineData("?environment=PRODUCTION", 2)]
    [InlineData("?environment=prod%25", 0)]
    [InlineData("?act=locked&person=deleted+user", 1)]
    public async Task The_record_is_narrowed_down(string query, int count)
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(
            Entry(id, "ada", ActivityKind.Locked, "production"),
            Entry(id, "deleted user", ActivityKind.Locked, "Production"),
            Entry(id, "grace", ActivityKind.Promoted, environment: null));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/activity{query}");

        page.QuerySelectorAll(".activity tbody tr").Length.ShouldBe(count);
    }

    [Fact]
    public async Task A_line_says_once_who_did_what()
    {
        var repository = house.CreateRepository("production: {}\n");
        using var ada = await house.SignInAsync("ada");
        using var locked = await ada.PostFormAsync($"/{repository.FullName}/lock", ("environment", "production"), ("reason", "stock-taking"));
        using var unlocked = await ada.PostFormAsync($"/{repository.FullName}/unlock", ("environment", "production"));

        var line = (await ada.OpenAsync($"/{repository.FullName}/activity")).QuerySelector(".activity tbody tr")!;

        line.QuerySelector("th")!.TextContent.ShouldBe("ada");
        string.Join(' ', line.QuerySelector(".activity-what")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldBe("unlocked production, which they had locked themselves: stock-taking.");
    }

    [Fact]
    public async Task The_filter_offers_the_names_that_came_up_lately()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(
            Entry(id, "grace", ActivityKind.Locked, "production"),
            Entry(id, "ada", ActivityKind.Unlocked, "Production"),
            Entry(id, "grace", ActivityKind.Promoted, environment: null));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/activity");

        page.QuerySelectorAll("#filter-people option").Select(option => option.GetAttribute("value")).ShouldBe(["ada", "grace"]);
        page.QuerySelectorAll("#filter-environments option").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Somebody_who_has_left_is_shown_as_such_and_hostile_text_as_text()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(Entry(id, "deleted user", ActivityKind.Locked, "<b>🚀</b>", "\u202E<script>alert(1)</script>" + new string('x', 5000)));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/activity");

        page.QuerySelector(".activity-gone")!.TextContent.ShouldBe("deleted user");
        page.QuerySelectorAll("script:not([src]), td b").ShouldBeEmpty();
        page.QuerySelector(".activity-what")!.TextContent.ShouldContain("<script>alert(1)</script>");
    }

    [Fact]
    public async Task A_sentence_with_people_in_it_is_shown_as_people_read_it()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var ada = new GitHubUser(new GitHubUserId(house.Ada.Id), new GitHubLogin("ada"));
        await house.WriteAsync(Entry(id, "ada", ActivityKind.Unlocked, "production", $"{ada} unlocked production, which {ada} had locked."));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/activity");

        page.QuerySelector(".activity-what .muted")!.TextContent.ShouldBe("production, which ada had locked.");
    }

    [Fact]
    public async Task Older_entries_are_on_the_next_page()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync([.. Enumerable.Range(0, 120).Select(number => Entry(id, number % 2 == 0 ? "ada" : "grace", ActivityKind.Deployed, "production", $"{number}"))]);
        using var rita = await house.SignInAsync("rita");

        var first = await rita.OpenAsync($"/{repository.FullName}/activity?person=ada");
        var second = await rita.OpenAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        first.QuerySelectorAll(".activity tbody tr").Length.ShouldBe(50);
        second.QuerySelectorAll(".activity tbody tr").Length.ShouldBe(10);
        second.QuerySelectorAll(".activity tbody th").ShouldAllBe(who => who.TextContent == "ada");
    }

    private static ActivityEntry Entry(RepositoryId repository, string actor, ActivityKind act, string? environment, string detail = "") => Entry(repository, actor, act, environment, Sentence.Plain(detail));

    private static ActivityEntry Entry(RepositoryId repository, string actor, ActivityKind act, string? environment, Sentence detail) => new()
    {
        RepositoryId = repository,
        At = DateTimeOffset.UnixEpoch.AddYears(50),
        Actor = Somebody.Called(actor),
        Act = act,
        Environment = environment is null ? null : new EnvironmentName(environment),
        Detail = detail,
    };
}
