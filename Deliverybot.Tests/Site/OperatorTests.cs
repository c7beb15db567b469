using System.Net;
using Deliverybot.Data.Names;
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
