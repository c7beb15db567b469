using System.Net;
using AngleSharp.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class EnvironmentsPageTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        production:
          environment: production
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
        review:
          environment: review-${{ pr }}
          auto_deploy_on: pr
          transient_environment: true
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_for_the_same_reason_says_it_once()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        foreach (var reason in new[] { "It is locked.", "It is locked.", "It waits for ci." })
        {
            var row = PageRows.Deployment(id, house.World.Push(repository, "main", house.Ada, reason), state: DeploymentState.Waiting);
            row.Reason = Sentence.Plain(reason);
            await house.WriteAsync(row);
        }

        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/environments");

        page.QuerySelectorAll(".way .why, .way .why-same").Select(why => why.TextContent).ShouldBe(["It is locked.", "For the same reason.", "It waits for ci."]);
        page.QuerySelector(".way-title")!.GetAttribute("href").ShouldStartWith($"/{repository.FullName}/commit/");
    }

    [Theory]
    [InlineData("production:\n  environment: west\n", true)]
    [InlineData("production:\n  environment: west\neast:\n  environment: production\n", false)]
    [InlineData("production:\n  environment: ${{ short_sha }}\n", false)]
    [InlineData("east:\n  environment: west\n", true)]
    public async Task An_environment_is_forsaken_where_its_target_goes_elsewhere_by_now(string file, bool isForsaken)
    {
        var repository = house.CreateRepository(file);
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(PageRows.Deployment(id, repository.Branches["main"]));
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync($"/{repository.FullName}/environments");

        Row(page, "production").TextContent.Contains("deploys here any more", StringComparison.Ordinal).ShouldBe(isForsaken);
    }

    [Fact]
    public async Task It_shows_what_is_live_how_far_behind_and_what_waits()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        var tea = repository.Push("Sell tea");
        await repository.SettleAsync();
        repository.Report(tea, "success");
        await repository.SettleAsync();
        repository.Push("Sell coffee");
        await repository.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(Address(repository));

        Rows(page).Select(NameOf).ShouldBe(["staging", "production"]);
        var staging = Row(page, "staging");
        staging.QuerySelector(".live-title")!.TextContent.ShouldContain("Sell tea");
        staging.QuerySelector(".distance")!.TextContent.ShouldBe("1 behind main");
        staging.QuerySelector("a.distance")!.GetAttribute("href").ShouldBe($"/{repository.Repository.FullName}/difference?environment=staging&ref=refs%2Fheads%2Fmain");
        staging.QuerySelectorAll(".way > li").ShouldHaveSingleItem().TextContent.ShouldContain("Sell coffee");
        var production = Row(page, "production");
        production.TextContent.ShouldContain("Nothing is live here");
        production.QuerySelectorAll(".why").ShouldHaveSingleItem().TextContent.ShouldContain("ci");
    }

    [Fact]
    public async Task It_asks_GitHub_little()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        var tea = repository.Push("Sell tea");
        await repository.SettleAsync();
        repository.Report(tea, "success");
        await repository.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        var before = house.GitHub.Requests.All.Count;

        await ada.OpenAsync(Address(repository));

        var calls = house.GitHub.Requests.All.Skip(before).Where(call => call.Path.Contains(repository.Repository.Name, StringComparison.Ordinal) || call.Path.EndsWith("/graphql", StringComparison.Ordinal)).ToList();
        calls.Count.ShouldBe(3, string.Join(", ", calls.Select(call => $"{call.Method} {call.Path}")));
    }

    [Fact]
    public async Task A_failed_attempt_is_told_beside_what_is_still_live()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        var tea = repository.Push("Sell tea");
        await repository.SettleAsync();
        repository.Report(tea, "success");
        var coffee = repository.Push("Sell coffee");
        await repository.SettleAsync();
        repository.Report(coffee, "failure", "The beans are gone");
        await repository.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(Address(repository));

        var staging = Row(page, "staging");
        staging.QuerySelector(".live-title")!.TextContent.ShouldContain("Sell tea");
        staging.QuerySelector(".held-bad")!.TextContent.ShouldContain("failed");
        staging.ClassList.ShouldContain("edge-bad");
        page.Title.ShouldNotBeNull().ShouldStartWith("staging failed");
        page.QuerySelector("link[rel=icon]")!.GetAttribute("href").ShouldBe("/img/favicon-failing.svg");
    }

    [Fact]
    public async Task A_lock_shows_its_holder_reason_and_end_and_a_hold_its_own_words()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        await LockAsync(repository, "production", LockKind.Lock, "stock-taking <b>", DateTimeOffset.UtcNow.AddHours(2));
        await LockAsync(repository, "Staging", LockKind.Hold, "", until: null);
        await LockAsync(repository, "review-9", LockKind.Lock, "old", DateTimeOffset.UtcNow.AddMinutes(-1));
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(Address(repository));

        var production = Row(page, "production").QuerySelector(".held")!;
        production.TextContent.ShouldContain("grace");
        production.TextContent.ShouldContain("stock-taking <b>");
        production.QuerySelector("time").ShouldNotBeNull();
        Row(page, "staging").QuerySelector(".held")!.TextContent.ShouldContain("rolled it back");
        Rows(page).Select(NameOf).ShouldNotContain("review-9");
    }

    [Fact]
    public async Task Previews_have_a_group_of_their_own()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        house.World.Push(repository.Repository, "taxes", house.Ada, "Show prices with tax");
        var pull = house.World.OpenPullRequest(repository.Repository, "taxes", house.Ada, "Taxes");
        await repository.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(Address(repository));

        page.QuerySelectorAll("#previews > li").ShouldHaveSingleItem().QuerySelector(".environment-name")!.TextContent.Trim().ShouldBe($"review-{pull.Number}");
        page.QuerySelectorAll("#environments > li").Select(NameOf).ShouldBe(["staging", "production"]);
    }

    [Fact]
    public async Task A_reader_sees_all_of_it_with_buttons_that_say_why_they_are_grey()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync(Address(repository));

        page.QuerySelectorAll("#board form").ShouldBeEmpty();
        page.QuerySelectorAll("#board button").ShouldNotBeEmpty();
        page.QuerySelectorAll("#board button").ShouldAllBe(button => button.HasAttribute("disabled") && button.GetAttribute("aria-describedby") == "read-only");
        page.GetElementById("read-only")!.TextContent.ShouldContain("write access");
    }

    [Fact]
    public async Task Hostile_content_is_text()
    {
        var repository = new RepositoryDriver(house, "\"<script>alert(1)</script>\":\n  environment: \"\u202eevil <img src=x>\"\n  auto_deploy_on: refs/heads/*\n");
        var sha = repository.Push("<script>alert(2)</script>" + new string('x', 100_000), "emoji-🚀");
        await repository.SettleAsync();
        repository.Report(sha, "success");
        await repository.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(Address(repository));

        page.QuerySelectorAll("script:not([src])").ShouldBeEmpty();
        page.QuerySelectorAll("img[src=x]").ShouldBeEmpty();
        var row = Rows(page).ShouldHaveSingleItem();
        row.QuerySelector(".target bdi")!.TextContent.ShouldBe("<script>alert(1)</script>");
        row.QuerySelector(".live-title bdi")!.TextContent.Length.ShouldBeLessThan(400);
        row.QuerySelector(".distance")!.TextContent.ShouldContain("emoji-🚀");
    }

    [Fact]
    public async Task An_open_page_is_given_the_board_alone()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");
        var before = await ada.OpenAsync($"{Address(repository)}?handler=Changes");
        await LockAsync(repository, "production", LockKind.Lock, "", until: null);

        var after = await ada.OpenAsync($"{Address(repository)}?handler=Changes");

        after.QuerySelector("header").ShouldBeNull();
        after.QuerySelectorAll("#board").ShouldHaveSingleItem();
        Row(after, "production").GetAttribute("data-stamp").ShouldNotBe(Row(before, "production").GetAttribute("data-stamp"));
        Row(after, "staging").GetAttribute("data-stamp").ShouldBe(Row(before, "staging").GetAttribute("data-stamp"));
    }

    [Fact]
    public async Task A_row_that_offers_the_head_is_another_one_when_the_head_has_moved()
    {
        var repository = new RepositoryDriver(house, "production:\n  environment: production\n");
        using var ada = await house.SignInAsync("ada");
        var before = await ada.OpenAsync($"{Address(repository)}?handler=Changes");
        repository.Push("Sell tea");
        await repository.SettleAsync();

        var after = await ada.OpenAsync($"{Address(repository)}?handler=Changes");

        Row(after, "production").GetAttribute("data-stamp").ShouldNotBe(Row(before, "production").GetAttribute("data-stamp"));
    }

    [Fact]
    public async Task A_broken_file_is_told_and_what_is_live_stays_in_sight()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        var tea = repository.Push("Sell tea");
        await repository.SettleAsync();
        repository.Report(tea, "success");
        repository.PushDeployFile("staging: [broken");
        await repository.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(Address(repository));

        page.QuerySelector(".note.tone-bad")!.TextContent.ShouldContain("fault");
        Row(page, "staging").QuerySelector(".live-title")!.TextContent.ShouldContain("Sell tea");
    }

    [Fact]
    public async Task A_pull_request_stands_beside_its_own_commit_and_not_beside_one_that_was_rolled_back_to_in_it()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        await repository.SettleAsync();
        var id = await house.KnownAsync(repository.Repository);
        var sha = repository.Repository.Branches["main"];
        await house.WriteAsync(
            PageRows.Deployment(id, sha, "staging", act: DeploymentAct.Rollback, pullRequest: 7), PageRows.Deployment(id, sha, "qa", pullRequest: 7));
        using var ada = await house.SignInAsync("ada");

        var page = await ada.OpenAsync(Address(repository));

        Row(page, "staging").QuerySelector(".live-meta")!.TextContent.ShouldNotContain("#7");
        Row(page, "qa").QuerySelector(".live-meta")!.TextContent.ShouldContain("#7");
    }

    [Theory]
    [InlineData("lock", "Nobody but you deploys to")]
    [InlineData("lock", "Events wait until it is unlocked, those of your own pushes, too.")]
    [InlineData("rollback", "tea")]
    [InlineData("deploy", "Deploy the head of main")]
    public async Task A_form_is_fetched_when_its_menu_is_opened_and_says_what_it_does(string act, string said)
    {
        var repository = new RepositoryDriver(house, DeployFile);
        var tea = repository.Push("Sell tea");
        await repository.SettleAsync();
        repository.Report(tea, "success");
        await repository.SettleAsync();
        var coffee = repository.Push("Sell coffee");
        await repository.SettleAsync();
        repository.Report(coffee, "success");
        await repository.SettleAsync();
        using var ada = await house.SignInAsync("ada");

        var form = await ada.OpenAsync($"{Address(repository)}?handler=Form&act={act}&environment=STAGING");

        form.QuerySelectorAll("form").ShouldHaveSingleItem().TextContent.ShouldContain(said == "tea" ? tea[..7] : said);
        form.QuerySelector("header").ShouldBeNull();
    }

    [Theory]
    [InlineData("lock", "nowhere")]
    [InlineData("lock", "")]
    [InlineData("nonsense", "staging")]
    [InlineData("7", "staging")]
    public async Task A_form_for_nothing_is_404(string act, string environment)
    {
        var repository = new RepositoryDriver(house, DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.GetAsync($"{Address(repository)}?handler=Form&act={act}&environment={environment}", Stop);
        using var page = await ada.GetAsync($"{Address(repository)}?act={act}&environment={environment}", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_may_only_look_is_given_no_form()
    {
        var repository = new RepositoryDriver(house, DeployFile);
        using var rita = await house.SignInAsync("rita");

        using var answer = await rita.GetAsync($"{Address(repository)}?handler=Form&act=lock&environment=staging", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_stranger_finds_nothing()
    {
        var hidden = house.World.CreateRepository(house.World.CreateUser($"zoe-{Guid.NewGuid():N}"), "secret", isPrivate: true);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.GetAsync($"/{hidden.FullName}/environments", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Address(RepositoryDriver repository) => $"/{repository.Repository.FullName}/environments";

    private static IReadOnlyList<IElement> Rows(IParentNode page) => [.. page.QuerySelectorAll("li.environment")];

    private static string NameOf(IElement row) => row.QuerySelector(".environment-name")!.TextContent.Trim();

    private static IElement Row(IParentNode page, string environment) =>
        Rows(page).Single(row => string.Equals(NameOf(row), environment, StringComparison.OrdinalIgnoreCase));

    private async Task LockAsync(RepositoryDriver repository, string environment, LockKind kind, string reason, DateTimeOffset? until)
    {
        await repository.SettleAsync();
        await using var command = house.Database.Source.CreateCommand(
            """
            insert into environment_locks (repository_id, environment, environment_key, kind, holder, reason, since, until)
            values ($1, $2, lower($2), $3, 'grace', $4, now(), $5)
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = repository.Repository.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = environment });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind.ToString() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reason });
        command.Parameters.Add(new NpgsqlParameter { Value = until is { } end ? end.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(Stop);
    }
}
