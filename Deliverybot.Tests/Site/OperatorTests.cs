using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.World;
using Deliverybot.Site.Settings;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class OperatorTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private House house = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        house = new House(postgreSql) { Clock = _clock };
        return house.InitializeAsync();
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Who_is_called_like_an_operator_no_longer_is_none_after_a_minute()
    {
        using var ada = await house.SignInAsync("ada");
        using var before = await ada.GetAsync("/_/jobs", Stop);

        house.World.RenameUser(house.Ada, "ada-renamed");
        _clock.Advance(TimeSpan.FromSeconds(61));
        using var after = await ada.GetAsync("/_/jobs", Stop);

        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whose_token_GitHub_has_ended_sees_no_job()
    {
        using var ada = await house.SignInAsync("ada");
        house.World.Tokens.RevokeAllOf(house.Ada);

        using var after = await ada.GetAsync("/_/jobs", Stop);

        after.StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_somebody_is_is_not_asked_where_a_repository_alone_is_named()
    {
        await using var own = new House(postgreSql) { Settings = new Dictionary<string, string?> { ["Deliverybot:Operators"] = "acme/shop-1" } };
        await own.InitializeAsync();
        var shop = own.CreateRepository();
        own.World.SetPermission(own.Ada, shop, RepositoryPermission.Admin);
        using var ada = await own.SignInAsync("ada");
        using var rita = await own.SignInAsync("rita");
        var before = own.GitHub.Requests.All.Count;

        using var first = await ada.GetAsync("/_/set-up/check", Stop);
        using var second = await ada.GetAsync("/_/set-up/check", Stop);
        using var other = await rita.GetAsync("/_/set-up/check", Stop);

        (first.StatusCode, second.StatusCode, other.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound));
        var asked = own.GitHub.Requests.All.Skip(before).Select(request => request.Path).ToList();
        asked.ShouldNotContain(path => path.EndsWith("/user", StringComparison.Ordinal));
        asked.Count(path => path.EndsWith($"/repos/{shop.FullName}", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void An_operator_is_a_login_a_number_or_the_admins_of_a_repository()
    {
        Read("ada").ShouldBe(new Operator.Person(new GitHubLogin("ada")));
        Read("@1234").ShouldBe(new Operator.Person(new GitHubLogin("1234")));
        Read("id:1234").ShouldBe(new Operator.Account(new GitHubUserId(1234)));
        Read("acme/shop").ShouldBe(new Operator.AdminsOf(RepositoryName.Parse("acme/shop")));
        Read("id:").ShouldBeNull();
        Read("id:-1").ShouldBeNull();
        Read("id:0").ShouldBeNull();
    }

    private static Operator? Read(string text) => Operator.TryParse(text, out var entry) ? entry : null;
}
