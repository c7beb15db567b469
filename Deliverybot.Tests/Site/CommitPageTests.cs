using System.Net;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class CommitPageTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        production:
          after: [staging]
          auto_deploy_on: refs/heads/main
          required_contexts: [ci]
        demo:
          environment: demo
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_target_has_its_record_with_each_gates_verdict()
    {
        var driver = new RepositoryDriver(house, DeployFile);
        var sha = driver.Push("Sell tea\n\nGreen and black.");
        driver.SetStatus(sha, "ci", "failure");
        await driver.SettleAsync();
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{driver.Repository.FullName}/commit/{sha}");

        page.QuerySelectorAll("h1").ShouldHaveSingleItem().TextContent.ShouldBe("Sell tea");
        page.QuerySelector(".commit-body pre")!.TextContent.ShouldBe("Green and black.");
        page.QuerySelectorAll(".verdict-table").Length.ShouldBe(2);
        page.QuerySelectorAll(".verdict-table tbody tr").Length.ShouldBe(12);
        page.QuerySelectorAll(".verdict-table")[1].TextContent.ShouldContain($"{sha[..7]} has not succeeded at staging yet.");
        page.QuerySelector("#record")!.TextContent.ShouldContain("Nothing has wished for this commit there. It is deployed by hand only.");
        page.QuerySelector(".commit-checks")!.TextContent.ShouldContain("failing");
        page.QuerySelectorAll(".timeline > li").Length.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_short_sha_leads_to_the_whole_one()
    {
        var repository = house.CreateRepository();
        var sha = repository.Branches["main"];
        using var rita = await house.SignInAsync("rita");

        using var found = await rita.GetAsync($"/{repository.FullName}/commit/{sha[..7]}", Stop);

        found.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        found.Headers.Location!.OriginalString.ShouldBe($"/{repository.FullName}/commit/{sha}");
    }

    [Theory]
    [InlineData("main")]
    [InlineData("abc")]
    [InlineData("0123456")]
    [InlineData("0123456789012345678901234567890123456789")]
    [InlineData("%3Cscript%3E")]
    public async Task What_is_no_commit_is_not_found(string sha)
    {
        var repository = house.CreateRepository();
        using var rita = await house.SignInAsync("rita");

        using var answer = await rita.GetAsync($"/{repository.FullName}/commit/{sha}", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_hostile_message_is_text_and_a_long_one_is_cut()
    {
        var repository = house.CreateRepository();
        var emoji = string.Concat(Enumerable.Repeat("👩‍🚀", 20_000));
        var sha = house.World.Push(repository, "main", house.Ada, $"<script>alert(1)</script> \u202Egnp.exe {emoji}\n\n</pre><img src=x onerror=alert(1)>");
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/commit/{sha}");

        page.QuerySelectorAll("script:not([src]), img[onerror]").ShouldBeEmpty();
        var headline = page.QuerySelector("h1")!.TextContent;
        headline.ShouldStartWith("<script>alert(1)</script>");
        headline.ShouldEndWith("👩‍🚀…");
        headline.Length.ShouldBeLessThanOrEqualTo(201);
        page.QuerySelector(".commit-cut").ShouldNotBeNull();
    }
}
