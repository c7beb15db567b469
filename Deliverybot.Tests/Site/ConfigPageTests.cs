using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class ConfigPageTests(House house) : IClassFixture<House>
{
    private const string Pipeline =
        """
        dev:
          environment: dev
          auto_deploy_on: refs/heads/main
        staging:
          environment: staging
          after: [dev]
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
        production:
          after: [staging]
          queue: latest
          payload:
            html: "<script>alert(1)</script>"
        review:
          environment: review-${{ pr }}
          auto_deploy_on: pr
          transient_environment: true
        """;

    [Fact]
    public async Task Without_a_file_there_is_one_to_start_with()
    {
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{house.CreateRepository().FullName}/config");

        var create = page.QuerySelectorAll("a").First(link => link.TextContent.Contains("Create on GitHub")).GetAttribute("href")!;
        create.ShouldContain("/new/main?filename=.github/deploy.yml&value=");
        Uri.UnescapeDataString(create).ShouldContain("after: [staging]");
        var keys = new Uri(house.SiteUrl, "/_/schema/deploy.json");
        Uri.UnescapeDataString(create).ShouldContain($"$schema={keys}");
        (await house.Site.GetAsync(keys, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        page.QuerySelectorAll("h1").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_the_file_writes_stands_out_and_what_it_leaves_unsaid_does_not_whatever_the_values_are()
    {
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{house.CreateRepository("staging:\n  environment: production\n  after: []\n  required_contexts: [deliverybot/promotion]\n").FullName}/config");

        var card = page.QuerySelectorAll(".target-card").ShouldHaveSingleItem();
        card.QuerySelectorAll("dt").Where(name => !name.NextElementSibling!.ClassList.Contains("faint")).Select(name => name.TextContent)
            .ShouldBe(["Environment", "Required checks", "After"], ignoreOrder: true);
        card.QuerySelectorAll("dd.faint").Select(value => value.TextContent).ShouldContain("older ones, too, until a newer one went out");
    }

    [Fact]
    public async Task A_sound_file_is_shown_as_understood_with_its_pipeline()
    {
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{house.CreateRepository(Pipeline).FullName}/config");

        page.QuerySelectorAll(".target-card").Length.ShouldBe(4);
        var production = page.QuerySelectorAll(".target-card")[2];
        production.TextContent.ShouldContain("latest: one at a time, then the newest");
        production.QuerySelectorAll("dd.faint").Select(value => value.TextContent).ShouldContain("nothing: by hand only");
        production.QuerySelector("pre")!.TextContent.ShouldContain("<script>alert(1)</script>");
        page.QuerySelectorAll("script:not([src])").ShouldBeEmpty();
        page.QuerySelectorAll(".pipeline-node").Length.ShouldBe(3);
        page.QuerySelectorAll(".pipeline-edge").Length.ShouldBe(2);
        page.QuerySelectorAll("text.pipeline-name").Length.ShouldBe(3);
        page.QuerySelector("#pipeline-words")!.TextContent.ShouldContain("staging comes after dev.");
        page.QuerySelectorAll("a").ShouldContain(link => link.GetAttribute("href")!.EndsWith("/edit/main/.github/deploy.yml"));
    }

    [Fact]
    public async Task Faults_are_shown_in_their_lines()
    {
        var repository = house.CreateRepository("production:\n  enviroment: production\n  queue: <b>\u202Enone\n");
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/config");

        page.QuerySelectorAll(".source-bad").Select(line => line.Id).ShouldBe(["line-2", "line-3"]);
        page.QuerySelector("#line-2")!.TextContent.ShouldContain("did you mean environment?");
        page.QuerySelector("#line-3")!.TextContent.ShouldContain("queue: <b>");
        page.QuerySelectorAll(".source b, .note b").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("push", "main", 2, "Waiting for ci (no result yet).")]
    [InlineData("push", "refs/heads/main", 2, "1a2b3c4 has not succeeded at dev yet.")]
    [InlineData("push", "feature/x", 0, "doesn’t take it: it follows refs/heads/main")]
    [InlineData("push", "gh-readonly-queue/main/pr-7-1a2b3c4", 0, "followed only by what begins with refs/heads/gh-readonly-queue")]
    [InlineData("pr", "feature/x", 1, "to review-7, by its rule pr")]
    [InlineData("tag", "v1", 0, "it is deployed by hand only")]
    [InlineData("release", "v1", 0, "doesn’t take it")]
    public async Task A_reader_plays_an_event_through(string what, string where, int taken, string said)
    {
        var repository = house.CreateRepository();
        using var rita = await house.SignInAsync("rita");
        var calls = house.World.Read(_ => (repository.Deployments.Count, repository.Statuses.Count));

        var page = await TryAsync(rita, repository.FullName, Pipeline, what, where);

        page.QuerySelector(".try-outcome")!.TextContent.ShouldBe($"{taken} of 4 targets would take it");
        page.QuerySelectorAll(".rehearsed table").Length.ShouldBe(taken);
        page.QuerySelector(".try-answer")!.TextContent.ShouldContain(said);
        (await house.ReadAsync(db => Task.FromResult(db.Deployments.Count(row => row.RepositoryId == new RepositoryId(repository.Id))))).ShouldBe(0);
        house.World.Read(_ => (repository.Deployments.Count, repository.Statuses.Count)).ShouldBe(calls);
    }

    [Fact]
    public async Task Locks_are_those_of_the_moment()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        await house.WriteAsync(new EnvironmentLock
        {
            RepositoryId = id,
            Environment = new EnvironmentName("Dev"),
            Kind = LockKind.Lock,
            Holder = Somebody.Called("grace"),
            Reason = "Measuring",
            Since = TimeProvider.System.GetUtcNow(),
        });
        using var rita = await house.SignInAsync("rita");

        var page = await TryAsync(rita, repository.FullName, Pipeline, "push", "main");

        page.QuerySelector(".rehearsed")!.TextContent.ShouldContain("is locked by grace");
        page.QuerySelector(".rehearsed")!.TextContent.ShouldContain("would wait");
    }

    [Theory]
    [InlineData("production: {queue: maybe}", "push", "main", "line 1")]
    [InlineData("", "push", "main", "The file has a fault")]
    [InlineData("production: {}", "push", "", "Name a branch or tag")]
    [InlineData("production: {}", "push", "a b", "Name a branch or tag")]
    [InlineData("production: {}", "meteor", "main", "Choose what happens")]
    [InlineData("a: {environment: \"x-${{ pr }}\", auto_deploy_on: refs/heads/main}", "push", "main", "would be denied")]
    [InlineData("a: {environment: \"x-${{ commit.author.login }}\", auto_deploy_on: pr}", "pr", "main", "as GitHub has it")]
    public async Task What_cannot_be_tried_says_why(string file, string what, string where, string said)
    {
        using var rita = await house.SignInAsync("rita");

        var page = await TryAsync(rita, house.CreateRepository().FullName, file, what, where);

        page.QuerySelector(".try-answer")!.TextContent.ShouldContain(said);
        ((IHtmlTextAreaElement)page.QuerySelector("textarea")!).Value.ShouldBe(file);
    }

    [Fact]
    public async Task More_than_64_KiB_is_too_much()
    {
        using var rita = await house.SignInAsync("rita");

        var page = await TryAsync(rita, house.CreateRepository().FullName, new string('#', (64 * 1024) + 1), "push", "main");

        page.QuerySelector(".try-answer")!.TextContent.ShouldContain("64 KiB (65,536 bytes) is the limit");
    }

    private static async Task<IHtmlDocument> TryAsync(HttpClient visitor, string repository, string file, string what, string where)
    {
        using var answer = await visitor.PostFormAsync(
            $"/{repository}/config", ("Form.File", file), ("Form.Event", what), ("Form.Ref", where), ("Form.Number", "7"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.ReadPageAsync();
    }
}
