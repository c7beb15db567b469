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
        page.QuerySelectorAll(".verdict-table tbody tr").Length.ShouldBe(20);
        page.QuerySelectorAll(".verdict-table")[1].TextContent.ShouldContain($"{sha[..7]} has not succeeded at staging yet.");
        page.QuerySelector("#record")!.TextContent.ShouldContain("Nothing has wished for this commit there. It is deployed by hand only.");
        page.QuerySelector(".commit-checks")!.TextContent.ShouldContain("failing");
        page.QuerySelectorAll(".timeline > li").Length.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Checks_that_nobody_was_asked_for_have_not_passed()
    {
        var driver = new RepositoryDriver(house, DeployFile);
        var sha = driver.Push("Sell tea");
        await driver.SettleAsync();
        using var rita = await house.SignInAsync("rita");

        (await VerdictAsync(rita, driver, sha, "Checks")).ShouldBe("not asked: Required: ci.");

        await driver.ReportAsync("staging", sha, "success");
        (await VerdictAsync(rita, driver, sha, "Checks")).ShouldBe("waits: Waiting for ci (no result yet).");

        await driver.PassAsync(sha, "ci");
        (await VerdictAsync(rita, driver, sha, "Checks")).ShouldBe("passed: Required: ci.");
    }

    [Fact]
    public async Task A_skipped_check_reads_as_skipped()
    {
        var driver = new RepositoryDriver(house, DeployFile);
        var sha = driver.Push("Sell tea");
        driver.World.FinishCheck(driver.Repository, driver.World.StartCheck(driver.Repository, sha, "ci"), "skipped");
        await driver.SettleAsync();
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{driver.Repository.FullName}/commit/{sha}");
        page.QuerySelector(".commit-checks")!.TextContent.ShouldContain("skipped");
        page.QuerySelector("#record")!.TextContent.ShouldContain("0 of 1 checks are good, 1 skipped");
        var list = await rita.OpenAsync($"/{driver.Repository.FullName}");
        list.QuerySelector($"#checks-{sha[..7]}")!.TextContent.ShouldContain("skipped");
    }

    /// <summary>What a gate says of production, as the page of the commit shows it.</summary>
    private static async Task<string> VerdictAsync(HttpClient user, RepositoryDriver driver, string sha, string gate)
    {
        var page = await user.OpenAsync($"/{driver.Repository.FullName}/commit/{sha}");
        var cells = page.QuerySelectorAll(".verdict-table")[1].QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == gate).QuerySelectorAll("td");
        return $"{cells[0].TextContent.Trim()}: {cells[1].TextContent.Trim()}";
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
