using System.Net;
using Deliverybot.Sandbox.Requests;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class TwoAccessesTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/live\n";

    [Fact]
    public async Task What_a_person_looks_at_and_clicks_is_asked_of_GitHub_as_that_person()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        await QuietAsync();

        foreach (var page in new[] { "/", "/acme", $"/{repository.FullName}", $"/{repository.FullName}/branch/main", $"/{repository.FullName}/deployments" })
        {
            await ada.OpenAsync(page);
        }

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var made = house.GitHub.Requests.All;
        made.ShouldAllBe(request => request.Caller == CallerKind.User);
        made.ShouldContain(request => request.Method == "POST" && request.Path.EndsWith("/deployments", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_event_brings_about_is_asked_of_GitHub_as_the_installation()
    {
        var repository = house.CreateRepository(DeployFile);
        await QuietAsync();

        house.World.Push(repository, "live", house.Ada, "Go live");
        await house.EventuallyAsync(() => Task.FromResult(house.World.Read(_ => repository.Deployments.Count) == 1), "the push is deployed");
        await QuietAsync(clear: false);

        var made = house.GitHub.Requests.All;
        made.ShouldAllBe(request => request.Caller == CallerKind.Installation || request.Caller == CallerKind.App);
        made.Where(request => request.Caller == CallerKind.App).ShouldAllBe(request => request.Path.EndsWith("/access_tokens", StringComparison.Ordinal));
        made.ShouldContain(request => request.Method == "POST" && request.Path.EndsWith("/deployments", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_repositorys_files_only_deploy_yml_is_read()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");

        await ada.OpenAsync($"/{repository.FullName}");
        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));
        house.World.Push(repository, "live", house.Ada, "Go live");
        await house.EventuallyAsync(() => Task.FromResult(house.World.Read(_ => repository.Deployments.Count) == 2), "click and push are deployed");

        var files = house.GitHub.Requests.All.Select(request => request.Path.Split('?')[0])
            .Where(path => path.Contains("/contents/", StringComparison.Ordinal) || path.Contains("/git/blobs", StringComparison.Ordinal) || path.Contains("/git/trees", StringComparison.Ordinal)
                || path.EndsWith("ball", StringComparison.Ordinal))
            .ToList();
        files.ShouldNotBeEmpty();
        files.ShouldAllBe(path => path.EndsWith("/contents/.github/deploy.yml", StringComparison.Ordinal));
    }

    /// <summary>What GitHub has told so far is worked off.</summary>
    private async Task QuietAsync(bool clear = true)
    {
        await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
        await house.EventuallyAsync(
            () => house.ReadAsync(async rows => !await rows.WebhookDeliveries.AnyAsync(delivery => delivery.ProcessedAt == null)), "all deliveries are processed");
        if (clear)
        {
            house.GitHub.Requests.Clear();
        }
    }
}
