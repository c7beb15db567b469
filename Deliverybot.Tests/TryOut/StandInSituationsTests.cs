using System.Net;
using System.Net.Http.Headers;
using Deliverybot.Sandbox.World;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.TryOut;

/// <summary>Situations that one brings about on the stand-in's pages: GitHub in trouble, a stranger, a repository that isn't ready.</summary>
public sealed class StandInSituationsTests : IAsyncLifetime
{
    private readonly StandIn gitHub = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Repository Web => gitHub.Repository("acme/web");

    public ValueTask InitializeAsync() => gitHub.StartAsync(runner: true);

    public ValueTask DisposeAsync() => gitHub.DisposeAsync();

    [Fact]
    public async Task GitHub_is_down_for_programs_until_it_is_let_answer_again()
    {
        (await gitHub.DoAsync("/_/trouble", ("trouble", "Down"), ("back", "/acme/web"))).ShouldBe("/acme/web");

        (await AskAsync()).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        foreach (var address in new[] { "/acme/web", "/_/slack", "/_/deliveries", "/_/new" })
        {
            var page = await gitHub.PageAsync(address);
            page.QuerySelector(".trouble strong")!.TextContent.ShouldBe("GitHub is down: Deliverybot gets no answer.");
            page.QuerySelector(".trouble [name=back]")!.GetAttribute("value").ShouldBe(address);
        }

        await gitHub.DoAsync("/_/trouble", ("trouble", "None"), ("back", "/_/slack"));
        (await AskAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gitHub.PageAsync("/acme/web")).QuerySelector(".trouble").ShouldBeNull();
    }

    [Fact]
    public async Task GitHub_is_slow_until_it_is_down_instead()
    {
        await gitHub.DoAsync("/_/trouble", ("trouble", "Slow"), ("back", "/"));
        (await gitHub.PageAsync("/acme/web")).QuerySelector("[data-live=conduct] button[name=trouble][aria-pressed=true]")!.TextContent.ShouldBe("is slow");
        gitHub.Server.Faults.Draw("GET", "/rate_limit", "/api/v3/rate_limit").Latency.ShouldBe(TimeSpan.FromSeconds(2));

        await gitHub.DoAsync("/_/trouble", ("trouble", "Down"), ("back", "/"));

        gitHub.Server.Faults.Draw("GET", "/rate_limit", "/api/v3/rate_limit").Latency.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task The_rate_limit_is_used_up_for_a_minute()
    {
        var began = TimeProvider.System.GetUtcNow();
        await gitHub.DoAsync("/_/trouble", ("trouble", "Limited"), ("back", "/"));

        using var answer = await AskAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        answer.Headers.GetValues("X-RateLimit-Remaining").ShouldBe(["0"]);
        var reset = DateTimeOffset.FromUnixTimeSeconds(long.Parse(answer.Headers.GetValues("X-RateLimit-Reset").Single(), System.Globalization.CultureInfo.InvariantCulture));
        reset.ShouldBeInRange(began + TimeSpan.FromSeconds(58), TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(61));
        (await gitHub.PageAsync("/acme/web")).QuerySelector(".trouble p")!.TextContent.ShouldContain($"ends by itself at {reset.UtcDateTime:HH:mm:ss}");
        await gitHub.DoAsync("/_/trouble", ("trouble", "None"), ("back", "/"));
        (await AskAsync()).Headers.GetValues("X-RateLimit-Remaining").ShouldBe(["4998"], "what was refused counts as well");
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task The_way_back_stays_here(string back) =>
        (await gitHub.TryAsync(HttpStatusCode.NotFound, "/_/trouble", ("trouble", "None"), ("back", back))).ShouldBe("There is no such page.");

    [Fact]
    public async Task A_stranger_opens_a_pull_request_from_a_fork_and_its_checks_run()
    {
        gitHub.Server.Checks.Duration = null;
        (await gitHub.PageAsync("/acme/web")).QuerySelector("form[action='/_/fork'] option")!.TextContent.ShouldBe("sam (a stranger)");

        var back = await gitHub.DoAsync("/_/fork", ("repository", "acme/web"), ("title", "Mend a word"), ("login", "sam"));
        await gitHub.DoAsync("/_/fork", ("repository", "acme/web"), ("title", "Mend another"), ("login", "sam"));

        var pull = Web.PullRequests.Single(each => each.Title == "Mend a word");
        back.ShouldBe($"/acme/web#pull-{pull.Number}");
        (pull.Author.Login, pull.HeadRepository.FullName, pull.HeadBranch).ShouldBe(("sam", "sam/web", "patch-1"));
        gitHub.World.PermissionOf(pull.Author, Web).ShouldBe(RepositoryPermission.Read);
        await gitHub.UntilAsync(() => Web.CheckRuns.Count(run => run.Sha == pull.HeadSha) == 2);
        var card = (await gitHub.PageAsync("/acme/web")).QuerySelector($"#pull-{pull.Number}")!;
        card.QuerySelector("a[href='/sam/web']")!.TextContent.ShouldBe("sam:patch-1");
        var fork = await gitHub.PageAsync("/sam/web");
        fork.QuerySelector(".title .tag")!.TextContent.ShouldBe("fork of acme/web");
        fork.QuerySelectorAll("nav a").ShouldNotContain(link => link.TextContent == "sam/web");
        fork.QuerySelector("form[action='/_/pull-request']").ShouldBeNull();

        await gitHub.DoAsync("/_/push", ("repository", "sam/web"), ("branch", "patch-1"), ("message", "Better"), ("login", "sam"));
        Web.PullRequests.Single(each => each.Number == pull.Number).HeadSha.ShouldBe(pull.HeadRepository.Branches["patch-1"]);
        (await gitHub.TryAsync(HttpStatusCode.NotFound, "/_/fork", ("repository", "acme/vault"), ("title", "Look"), ("login", "sam"))).ShouldBe("sam can’t see acme/vault.");
    }

    [Fact]
    public async Task A_pull_request_needs_something_new_and_is_opened_and_merged_once()
    {
        (string, string)[] open = [("repository", "acme/web"), ("branch", "feature/dark-mode"), ("title", "Again"), ("login", "ada")];
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/pull-request", open)).ShouldBe("#1 is open for feature/dark-mode already.");
        (string, string)[] merge = [("repository", "acme/web"), ("number", "1"), ("act", "merge"), ("login", "ada")];
        await gitHub.DoAsync("/_/pull-request/state", merge);

        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/pull-request/state", merge)).ShouldBe("#1 is merged already.");
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/pull-request", open)).ShouldStartWith("feature/dark-mode has nothing that main hasn’t.");
        gitHub.World.Push(Web, "main", gitHub.World.FindAccount("ada")!, "Elsewhere", new Dictionary<string, string?> { ["README.md"] = "# Other\n" });
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/pull-request/state", ("repository", "acme/web"), ("number", "2"), ("act", "merge"), ("login", "ada")))
            .ShouldStartWith("#2 can’t be merged");
    }

    [Fact]
    public async Task A_repository_is_created_whole_without_the_file_or_without_the_App()
    {
        (await gitHub.DoAsync("/_/new", ("name", "cafe"), ("kind", "Whole"))).ShouldBe("/acme/cafe");
        await gitHub.DoAsync("/_/new", ("name", "attic"), ("kind", "WithoutApp"));
        await gitHub.DoAsync("/_/new", ("name", "bar"), ("kind", "WithoutFile"));

        var installation = gitHub.World.Installations.Single();
        gitHub.World.Repositories.Where(repository => repository.ForkOf is null && !installation.Covers(repository)).ShouldHaveSingleItem().FullName.ShouldBe("acme/attic");
        var attic = await gitHub.PageAsync("/acme/attic");
        attic.QuerySelector(".title .tag")!.TextContent.ShouldBe("without the App");
        (await gitHub.PageAsync("/acme/bar")).QuerySelector("[data-live=deploy-file]")!.TextContent.ShouldContain("There is none on main.");
        gitHub.World.PermissionOf(gitHub.World.FindAccount("ada")!, gitHub.Repository("acme/attic")).ShouldBe(RepositoryPermission.Write);
        await gitHub.DoAsync("/_/push", ("repository", "acme/cafe"), ("branch", "main"), ("message", "Brew"), ("login", "ada"));
        await gitHub.UntilAsync(() => gitHub.Repository("acme/cafe").CheckRuns.Any(run => run.Name == "ci"));

        var install = attic.QuerySelector(".title a.beside")!.GetAttribute("href")!;
        await gitHub.DoAsync(install, ("account", "acme"));
        installation.Covers(gitHub.Repository("acme/attic")).ShouldBeTrue();
        var told = gitHub.World.Webhooks.Deliveries.Where(delivery => delivery is { Event: "installation_repositories", Action: "added" }).ToList();
        told.Select(delivery => System.Text.Encoding.UTF8.GetString(delivery.Body.Span)).ShouldContain(body => body.Contains("acme/attic", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "A repository’s name has letters")]
    [InlineData("..", "A repository’s name has letters")]
    [InlineData("a/b", "A repository’s name has letters")]
    [InlineData("SHOP", "There is a repository acme/SHOP already.")]
    public async Task A_repository_that_cannot_be_is_not_created(string name, string why)
    {
        var count = gitHub.World.Repositories.Count;

        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/new", ("name", name), ("kind", "Whole"))).ShouldStartWith(why);

        gitHub.World.Repositories.Count.ShouldBe(count);
    }

    private async Task<HttpResponseMessage> AskAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v3/user");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", gitHub.World.Tokens.IssueUser(gitHub.World.FindAccount("ada")!).Token);
        return await gitHub.Http.SendAsync(request, Stop);
    }
}
