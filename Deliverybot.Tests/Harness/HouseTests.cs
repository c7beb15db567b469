using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Harness;

public sealed class HouseTests(House house, TestPostgreSql postgreSql) : IClassFixture<House>
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

    /// <summary>What stands beside the Site's own, as a channel, may need settings that no other class has.</summary>
    [Fact]
    public async Task A_class_has_settings_of_its_own()
    {
        await using var own = new House(postgreSql)
        {
            Settings = new Dictionary<string, string?> { ["Teapot:Room"] = "kitchen", ["Deliverybot:Operators"] = "rita" },
        };
        await own.InitializeAsync();

        var settings = own.Services.GetRequiredService<IConfiguration>();

        (settings["Teapot:Room"], settings["Deliverybot:Operators"]).ShouldBe(("kitchen", "rita"));
    }
}
