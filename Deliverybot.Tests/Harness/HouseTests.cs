using System.Net;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Harness;

public sealed class HouseTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task The_site_is_ready()
    {
        using var answer = await house.Site.GetAsync("/_/health/ready", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_person_signs_in_through_GitHub()
    {
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.GetAsync("/", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("ada");
    }
}
