using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>What a deployment's page says of what comes after it, or will.</summary>
public sealed class NextAttemptTests(House house) : IClassFixture<House>
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_failed_deployment_leads_to_the_one_that_was_asked_for_again()
    {
        var repository = house.CreateRepository("production: {}\n");
        var id = await house.KnownAsync(repository);
        var sha = repository.Branches["main"];
        var failed = PageRows.Deployment(id, sha, state: DeploymentState.Failure, at: Noon);
        var other = PageRows.Deployment(id, sha, environment: "staging", cause: DeploymentCause.Person, at: Noon.AddMinutes(1));
        await house.WriteAsync(failed);
        await house.WriteAsync(other);
        using var rita = await house.SignInAsync("rita");
        (await rita.OpenAsync($"/{repository.FullName}/deployments/{failed.Id}")).QuerySelector("#again").ShouldBeNull("staging is another place");

        var again = PageRows.Deployment(id, sha, cause: DeploymentCause.Person, at: Noon.AddMinutes(5));
        await house.WriteAsync(again);

        var note = (await rita.OpenAsync($"/{repository.FullName}/deployments/{failed.Id}")).QuerySelector("#again").ShouldNotBeNull();
        note.TextContent.ShouldContain("asked for again by ada");
        note.QuerySelector("a")!.GetAttribute("href").ShouldBe($"/{repository.FullName}/deployments/{again.Id}");
        note.QuerySelector("a")!.TextContent.ShouldBe("live");
        (await rita.OpenAsync($"/{repository.FullName}/deployments/{again.Id}")).QuerySelector("#again").ShouldBeNull();
    }

    [Fact]
    public async Task One_under_way_says_when_it_will_count_as_silent()
    {
        var repository = house.CreateRepository("production: {}\n");
        var id = await house.KnownAsync(repository);
        var at = TimeProvider.System.GetUtcNow();
        var going = PageRows.Deployment(id, repository.Branches["main"], state: DeploymentState.InProgress, at: at);
        var ended = PageRows.Deployment(id, repository.Branches["main"], environment: "staging", at: at);
        await house.WriteAsync(going);
        await house.WriteAsync(ended);
        using var rita = await house.SignInAsync("rita");

        var facts = (await rita.OpenAsync($"/{repository.FullName}/deployments/{going.Id}")).QuerySelector(".facts")!;

        facts.TextContent.ShouldContain("Counts as silent");
        facts.QuerySelectorAll("time").Select(time => DateTimeOffset.Parse(time.GetAttribute("datetime")!, System.Globalization.CultureInfo.InvariantCulture))
            .ShouldContain(time => (time - (going.SilentFrom())).Duration() < TimeSpan.FromSeconds(1));
        (await rita.OpenAsync($"/{repository.FullName}/deployments/{ended.Id}")).QuerySelector(".facts")!.TextContent.ShouldNotContain("Counts as silent");
    }

    [Fact]
    public async Task A_forced_wish_that_was_refused_has_forced_nothing()
    {
        var repository = house.CreateRepository("production: {}\n");
        var id = await house.KnownAsync(repository);
        var sha = repository.Branches["main"];
        var refused = PageRows.Deployment(id, sha, state: DeploymentState.Denied, cause: DeploymentCause.Person, force: true, at: Noon);
        await house.WriteAsync(refused);
        using var rita = await house.SignInAsync("rita");

        foreach (var page in new[] { $"deployments/{refused.Id}", $"commit/{sha}", "deployments" })
        {
            var text = (await rita.OpenAsync($"/{repository.FullName}/{page}")).QuerySelector("main")!.TextContent;
            text.ShouldNotContain("forced by ada", Case.Insensitive, page);
            text.ShouldContain("asked for by ada, to be forced", Case.Insensitive, page);
        }
    }

    [Fact]
    public async Task The_list_does_not_offer_again_what_the_form_would_refuse()
    {
        var repository = house.CreateRepository("production: {}\n");
        var id = await house.KnownAsync(repository);
        var sha = repository.Branches["main"];
        foreach (var environment in new[] { "production", "forsaken" })
        {
            await house.WriteAsync(PageRows.Deployment(id, sha, environment, DeploymentState.Failure, at: Noon));
        }

        using var ada = await house.SignInAsync("ada");
        (await AgainAsync(ada)).ShouldBe(["production"]);

        await house.WriteAsync(new Data.Locks.EnvironmentLock
        {
            RepositoryId = id,
            Environment = new Data.Names.EnvironmentName("production"),
            Kind = Data.Locks.LockKind.Lock,
            Holder = Somebody.Called("grace"),
            Since = Noon,
        });

        (await AgainAsync(ada)).ShouldBeEmpty();

        async Task<string?[]> AgainAsync(HttpClient client) =>
            [.. (await client.OpenAsync($"/{repository.FullName}/deployments")).QuerySelectorAll("form[action$='/deploy'] input[name=target]").Select(field => field.GetAttribute("value")).Distinct()];
    }
}
