using System.Net;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class RightsTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  environment: production\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("/branch/main")]
    [InlineData("/deployments")]
    [InlineData("/deployments/1")]
    public async Task A_page_of_a_repository_that_the_user_cannot_see_does_not_exist(string page)
    {
        var hidden = house.World.CreateRepository(house.World.CreateUser($"zoe-{Guid.NewGuid():N}"), "secret", isPrivate: true);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.GetAsync($"/{hidden.FullName}{page}", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.ReadPageAsync()).Body!.TextContent.ShouldContain("nothing here that you can see");
    }

    [Fact]
    public async Task Its_events_and_its_form_do_not_exist_either()
    {
        var hidden = house.World.CreateRepository(house.World.CreateUser($"zoe-{Guid.NewGuid():N}"), "secret", isPrivate: true);
        using var ada = await house.SignInAsync("ada");

        using var events = await ada.GetAsync($"/_/events/{hidden.FullName}", Stop);
        using var form = await ada.PostFormAsync($"/{hidden.FullName}/deploy", ("target", "production"), ("sha", hidden.Branches["main"]));

        events.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        form.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_without_the_antiforgery_field_is_refused()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");

        using var answer = await ada.PostAsync(
            $"/{repository.FullName}/deploy",
            new FormUrlEncodedContent([KeyValuePair.Create("target", "production"), KeyValuePair.Create("sha", repository.Branches["main"])]),
            Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        repository.Deployments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_looks_but_cannot_deploy()
    {
        var repository = house.CreateRepository(DeployFile);
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}");
        using var answer = await rita.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));

        page.QuerySelectorAll("details.deploy").ShouldBeEmpty();
        page.QuerySelectorAll("button[disabled]").ShouldNotBeEmpty();
        page.Body!.TextContent.ShouldContain("needs write access");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        repository.Deployments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_right_that_was_taken_away_counts_at_the_next_change()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        await ada.OpenAsync($"/{repository.FullName}");

        house.World.SetPermission(house.Ada, repository, RepositoryPermission.Read);
        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_job_dashboard_exists_for_operators_only()
    {
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");

        using var operators = await ada.GetAsync("/_/jobs", Stop);
        using var others = await rita.GetAsync("/_/jobs", Stop);
        using var nobody = await house.Site.GetAsync("/_/jobs", Stop);
        using var forged = await ada.PostAsync("/_/jobs/jobs/enqueued/delete", new FormUrlEncodedContent([]), Stop);

        operators.StatusCode.ShouldBe(HttpStatusCode.OK);
        others.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        nobody.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        forged.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
