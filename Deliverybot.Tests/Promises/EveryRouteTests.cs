using System.Net;
using Deliverybot.Sandbox.World;
using Deliverybot.Site.Pages.Acts;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class EveryRouteTests(House house) : IClassFixture<House>
{
    /// <summary>What a visitor who isn't signed in may open.</summary>
    private static readonly string[] Open =
        ["/", "/_/error", "/_/set-up", "/_/set-up/registered", "/_/sign-in", "/_/sign-in/failed", "/_/health/live", "/_/health/ready", "/_/health/github", "/_/schema/deploy.json"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repository_that_the_user_cannot_see_is_404_on_every_route()
    {
        var hidden = CreateHidden();
        using var ada = await house.SignInAsync("ada");
        var routes = SiteRoutes.OfRepository(house, hidden.FullName, "GET");

        routes.Count.ShouldBeGreaterThan(4);
        foreach (var route in routes)
        {
            (await StatusAsync(ada, route)).ShouldBe(HttpStatusCode.NotFound, route);
            var missing = route.Replace(hidden.FullName, "acme/no-such-repository", StringComparison.Ordinal);
            (await StatusAsync(ada, missing)).ShouldBe(HttpStatusCode.NotFound, missing);
        }
    }

    [Fact]
    public async Task Nothing_can_be_sent_to_a_repository_that_the_user_cannot_see()
    {
        var hidden = CreateHidden();
        using var ada = await house.SignInAsync("ada");

        foreach (var route in SiteRoutes.OfRepository(house, hidden.FullName, "POST"))
        {
            using var answer = await ada.PostFormAsync(route, ("sha", hidden.Branches["main"]), ("target", "production"), ("environment", "production"));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, route);
        }
    }

    [Fact]
    public async Task A_reader_can_send_nothing_that_changes_anything()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n");
        using var rita = await house.SignInAsync("rita");
        var before = house.World.Read(_ => (repository.Deployments.Count, repository.Statuses.Count));
        var routes = SiteRoutes.OfRepository(house, repository.FullName, "POST");
        ActForms.ByWord.Keys.Select(word => $"/{repository.FullName}/{word}").ShouldBeSubsetOf(routes);

        // Trying a file out keeps nothing and tells GitHub nothing, so whoever may look may do that.
        foreach (var route in routes.Where(route => !route.EndsWith("/config", StringComparison.Ordinal)))
        {
            using var answer = await rita.PostFormAsync(
                route, ("sha", repository.Branches["main"]), ("target", "production"), ("environment", "production"), ("force", "true"), ("id", "1"));
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        }

        house.World.Read(_ => (repository.Deployments.Count, repository.Statuses.Count)).ShouldBe(before);
        (await house.ReadAsync(db => db.Locks.CountAsync(held => held.RepositoryId == new Data.Names.RepositoryId(repository.Id)))).ShouldBe(0);
    }

    [Fact]
    public async Task Signed_out_nothing_is_shown_but_the_way_in()
    {
        foreach (var route in SiteRoutes.Of(house).Where(route => SiteRoutes.Takes(route, "GET")))
        {
            var address = SiteRoutes.Address(route, "acme/shop");
            using var answer = await house.Site.GetAsync(address, Stop);
            if (!Open.Contains(address) && answer.StatusCode != HttpStatusCode.NotFound)
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, address);
                answer.Headers.Location!.OriginalString.ShouldContain("/_/sign-in?returnUrl=", Case.Sensitive, address);
            }
        }
    }

    [Fact]
    public async Task No_answer_is_kept_by_a_browser_or_on_the_way()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n");
        using var ada = await house.SignInAsync("ada");
        string[] parts =
        [
            $"/{repository.FullName}/environments?handler=Changes", $"/{repository.FullName}/branch/main?handler=Changes",
            $"/{repository.FullName}/branch/main?handler=DeployForm&sha={repository.Branches["main"]}",
            $"/{repository.FullName}/metrics?format=csv", $"/{repository.FullName}/nothing", "/_/nothing", "/nobody/nothing", "/css/nothing.css",
        ];
        var pages = SiteRoutes.Of(house).Where(route => SiteRoutes.Takes(route, "GET")).Select(route => SiteRoutes.Address(route, repository.FullName));

        foreach (var address in parts.Concat(pages).Distinct())
        {
            foreach (var visitor in new[] { ada, house.Site })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                using var answer = await visitor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
                answer.Headers.CacheControl.ShouldNotBeNull($"{answer.StatusCode} {address}").NoStore.ShouldBeTrue(address);
            }
        }
    }

    [Fact]
    public async Task What_is_the_same_for_everybody_is_kept()
    {
        using var answer = await house.Site.GetAsync("/css/site.css", Stop);

        answer.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeFalse();
    }

    private Repository CreateHidden() =>
        house.World.CreateRepository(house.World.CreateUser($"zoe-{Guid.NewGuid():N}"), "secret", isPrivate: true);

    /// <summary>An address that only leads on to another of the same repository is followed there.</summary>
    private static async Task<HttpStatusCode> StatusAsync(HttpClient visitor, string address)
    {
        using var answer = await visitor.GetAsync(address, Stop);
        return answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location is { OriginalString: ['/', not '_', ..] } next
            ? await StatusAsync(visitor, next.OriginalString)
            : answer.StatusCode;
    }
}
