using System.Net;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>What was forced is named so, and past what, on every page.</summary>
public sealed class ForcedTests(House house) : IClassFixture<House>
{
    private const string Forced = "forced by ada past ci (pending)";

    [Fact]
    public async Task What_it_was_forced_past_is_told_as_it_stood_then_wherever_it_is_named()
    {
        var driver = new RepositoryDriver(house, "production:\n  required_contexts: [ci]\n");
        var sha = driver.Push("Sell tea");
        driver.SetStatus(sha, "ci", "pending");
        await driver.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync(
            $"/{driver.Repository.FullName}/deploy", ("target", "production"), ("sha", sha), ("ref", "main"), ("force", "true"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        driver.SetStatus(sha, "ci", "failure");
        await driver.ReportAsync("production", sha, "success");
        var row = await driver.RowAsync(sha);

        (await TextAsync(ada, driver, "/environments", ".environment-live")).ShouldContain(Forced);
        (await TextAsync(ada, driver, "/deployments", "#lines")).ShouldContain(Forced);
        var story = await TextAsync(ada, driver, $"/deployments/{row.Id}", "#story");
        story.ShouldContain(Forced);
        story.ShouldContain("ada, forced past ci (pending)");
        story.ShouldContain("Overridden: ci (pending).");
        (await TextAsync(ada, driver, $"/deployments/{row.Id}", ".facts")).ShouldNotContain("Overridden");
        var commit = await TextAsync(ada, driver, $"/commit/{sha}", "#record");
        commit.ShouldContain($"{Forced}, decided");
        commit.ShouldContain("9 of 10 gates let it pass, 1 was overridden");
        commit.ShouldNotContain("all 10 gates let it pass");
        (await TextAsync(ada, driver, "/metrics", ".key-card")).ShouldContain("1 in 30 days, 1 of them forced");
        (await TextAsync(ada, driver, "/activity", ".activity")).ShouldContain("Overridden: ci (pending).");
    }

    [Fact]
    public async Task What_nothing_stood_in_the_way_of_was_forced_past_nothing()
    {
        var driver = new RepositoryDriver(house, "production:\n  required_contexts: [ci]\n");
        var sha = driver.Push("Sell tea");
        await driver.PassAsync(sha, "ci");
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync(
            $"/{driver.Repository.FullName}/deploy", ("target", "production"), ("sha", sha), ("ref", "main"), ("force", "true"));

        var commit = await TextAsync(ada, driver, $"/commit/{sha}", "#record");

        commit.ShouldContain("forced by ada, decided");
        commit.ShouldContain("all 10 gates let it pass");
    }

    private static async Task<string> TextAsync(HttpClient user, RepositoryDriver driver, string page, string part)
    {
        var text = (await user.OpenAsync($"/{driver.Repository.FullName}{page}")).QuerySelector(part).ShouldNotBeNull().TextContent;
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
