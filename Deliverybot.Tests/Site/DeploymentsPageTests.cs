using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class DeploymentsPageTests(House house) : IClassFixture<House>
{
    private const string Hostile = "<script>alert(1)</script> \u202Egnp.exe \"><img src=x onerror=alert(1)> 🚀";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_history_says_what_to_do()
    {
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{house.CreateRepository().FullName}/deployments");

        page.QuerySelector(".empty")!.TextContent.ShouldContain("Nothing has been deployed yet");
    }

    [Theory]
    [InlineData("environment=STAGING", 1)]
    [InlineData("environment=stag", 0)]
    [InlineData("target=production", 2)]
    [InlineData("state=failed", 1)]
    [InlineData("state=waiting", 1)]
    [InlineData("state=nonsense", 4)]
    [InlineData("person=GRACE", 1)]
    [InlineData("person=%25", 0)]
    [InlineData("person=gr_ce", 0)]
    [InlineData("person=%00", 4)]
    [InlineData("trigger=web", 1)]
    [InlineData("trigger=77", 4)]
    [InlineData("environment=production&person=grace&trigger=web", 1)]
    [InlineData("environment=staging&person=grace", 0)]
    public async Task The_history_is_narrowed_down(string query, int count)
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var sha = repository.Branches["main"];
        await house.WriteAsync(
            PageRows.Deployment(id, sha, "Staging"),
            PageRows.Deployment(id, sha, by: "grace", cause: DeploymentCause.Person),
            PageRows.Deployment(id, sha, state: DeploymentState.Failure),
            PageRows.Deployment(id, sha, "qa", state: DeploymentState.Waiting));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/deployments?{query}");

        page.QuerySelectorAll(".deployment-line").Length.ShouldBe(count);
        page.QuerySelectorAll(".empty").Length.ShouldBe(count == 0 ? 1 : 0);
    }

    [Fact]
    public async Task Older_ones_are_on_the_next_page_and_the_filter_stays()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var rows = Enumerable.Range(0, 70).Select(number => PageRows.Deployment(id, repository.Branches["main"], number % 2 == 0 ? "a & b" : "other"));
        await house.WriteAsync([.. rows]);
        using var rita = await house.SignInAsync("rita");

        var first = await rita.OpenAsync($"/{repository.FullName}/deployments?environment=a+%26+b");
        var second = await rita.OpenAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        var seen = first.QuerySelectorAll(".line-title").Concat(second.QuerySelectorAll(".line-title")).ToList();
        seen.Count.ShouldBe(35);
        seen.ShouldAllBe(title => title.TextContent.StartsWith("a & b"));
        seen.Select(title => title.GetAttribute("href")).Distinct().Count().ShouldBe(35);
        ((IHtmlInputElement)second.QuerySelector("input[name=environment]")!).Value.ShouldBe("a & b");
        second.QuerySelector("a[rel=next]").ShouldBeNull();
    }

    [Fact]
    public async Task A_deployment_shows_its_story_and_its_payload_as_text()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var before = PageRows.Deployment(id, repository.Branches["main"]);
        await house.WriteAsync(before);
        var row = Described(id, repository.Branches["main"], before.Id);
        await house.WriteAsync(row);
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/deployments/{row.Id}");

        page.QuerySelectorAll("script:not([src]), img[onerror], a[href^='javascript:']").ShouldBeEmpty();
        page.QuerySelector(".payload")!.TextContent.ShouldContain("\"text\": \"<script>alert(1)</script>");
        page.QuerySelectorAll(".timeline > li").Length.ShouldBe(2);
        page.QuerySelectorAll("details.earlier").ShouldHaveSingleItem().TextContent.ShouldContain("Waiting for ci.");
        page.QuerySelector($"a[href='/{repository.FullName}/deployments/{before.Id}']").ShouldNotBeNull();
        page.QuerySelector($"a[href='/{repository.FullName}/commit/{row.Sha}']").ShouldNotBeNull();
        page.QuerySelectorAll("h1").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_may_write_can_cancel_what_waits()
    {
        var repository = house.CreateRepository();
        var id = await house.KnownAsync(repository);
        var waiting = PageRows.Deployment(id, repository.Branches["main"], state: DeploymentState.Waiting);
        var live = PageRows.Deployment(id, repository.Branches["main"]);
        await house.WriteAsync(waiting, live);
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");
        var cancel = $"form[action='/{repository.FullName}/cancel'] input[name=id][value='{waiting.Id}']";

        (await ada.OpenAsync($"/{repository.FullName}/deployments/{waiting.Id}")).QuerySelector(cancel).ShouldNotBeNull();
        (await ada.OpenAsync($"/{repository.FullName}/deployments/{live.Id}")).QuerySelector("form[action$='/cancel']").ShouldBeNull();
        (await rita.OpenAsync($"/{repository.FullName}/deployments/{waiting.Id}")).QuerySelector("form[action$='/cancel']").ShouldBeNull();
    }

    [Fact]
    public async Task A_deployment_of_another_repository_is_not_found()
    {
        var repository = house.CreateRepository();
        var row = PageRows.Deployment(await house.KnownAsync(repository), repository.Branches["main"]);
        await house.WriteAsync(row);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.GetAsync($"/{house.CreateRepository().FullName}/deployments/{row.Id}", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Deployment Described(RepositoryId repository, string sha, DeploymentId backTo)
    {
        var at = DateTimeOffset.UnixEpoch.AddYears(51);
        var row = new Deployment
        {
            RepositoryId = repository,
            Target = new TargetName(Hostile),
            Environment = new EnvironmentName(Hostile),
            Ref = GitRef.Branch(Hostile),
            Sha = CommitSha.Parse(sha),
            Task = Hostile,
            Origin = DeploymentOrigin.Person(DeploymentAct.Rollback, DeploymentVia.Web),
            RequestedBy = Somebody.Called("ada"),
            State = DeploymentState.Failure,
            Reason = Sentence.Plain(Hostile),
            Description = Hostile,
            Payload = System.Text.Json.JsonSerializer.Serialize(new { text = Hostile }),
            LogUrl = "javascript:alert(1)",
            EnvironmentUrl = "javascript:alert(1)",
            RollbackTo = backTo,
            CreatedAt = at,
            UpdatedAt = at,
        };
        row.Steps.Add(new DeploymentStep { State = DeploymentState.Failure, At = at, Description = Hostile, LogUrl = "javascript:alert(1)" });
        row.Evaluations.Add(new Evaluation { At = at, Verdicts = [new GateVerdict("Checks", GateOutcome.Wait, $"Waiting for ci.")] });
        row.Evaluations.Add(new Evaluation { At = at.AddHours(1), Verdicts = [new GateVerdict("Checks", GateOutcome.Pass, Sentence.Plain(Hostile))] });
        return row;
    }
}
