using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>A commit's page says how the commit stands now; what was refused is past.</summary>
public sealed class CommitStandingTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";

    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_is_refused_after_it_went_live_changes_nothing_of_how_it_stands_and_is_told_with_its_time()
    {
        var driver = new RepositoryDriver(house, DeployFile);
        var sha = driver.Push("Sell tea");
        await driver.SettleAsync();
        await driver.ReportAsync("production", sha, "success");
        await RefuseAsync(driver, sha);
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{driver.Repository.FullName}/commit/{sha}");
        page.QuerySelectorAll("#record .badge-state .what").Select(badge => badge.TextContent).ShouldBe(["live"]);
        page.QuerySelector("#record")!.TextContent.ShouldContain("UTC: production is locked by rita: stock-taking.");

        var refused = (await driver.RowsAsync())[^1];
        refused.State.ShouldBe(DeploymentState.Denied);
        var then = $"Denied on {refused.EndedAt!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC: production is locked by rita: stock-taking.";
        (await rita.OpenAsync($"/{driver.Repository.FullName}/deployments/{refused.Id}")).QuerySelector("#story .note")!.TextContent.ShouldContain(then);
        (await rita.OpenAsync($"/{driver.Repository.FullName}/deployments")).QuerySelector("#lines")!.TextContent.ShouldContain(then);
    }

    [Fact]
    public async Task What_was_only_ever_refused_is_called_so_wherever_it_stands()
    {
        var driver = new RepositoryDriver(house, "production: {}\n");
        var sha = driver.Push("Sell tea");
        await driver.SettleAsync();
        await RefuseAsync(driver, sha);
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{driver.Repository.FullName}/commit/{sha}");

        page.QuerySelectorAll("#record .badge-state .what").Select(badge => badge.TextContent).ShouldBe(["denied"]);
        Plain(page.QuerySelector("#record li.line .line-what")).ShouldStartWith("denied, asked for by ada. On ");
        Plain(page.QuerySelector(".timeline")).ShouldContain("As it stood then: production is locked by rita: stock-taking.");
        page.QuerySelectorAll(".verdict-table").ShouldHaveSingleItem();
        var list = await rita.OpenAsync($"/{driver.Repository.FullName}");
        list.QuerySelectorAll($"#at-{sha} .label").ShouldHaveSingleItem().TextContent.ShouldBe("denied", "the list calls it as the commit's own page does");
        var refused = (await driver.RowsAsync())[^1];
        (await rita.OpenAsync($"/{driver.Repository.FullName}/deployments/{refused.Id}")).QuerySelector("#story .page-head .what")!.TextContent.ShouldBe("denied", "and so does the deployment's");
    }

    [Fact]
    public async Task What_fails_when_it_is_deployed_again_leaves_it_live_and_failed()
    {
        var repository = house.CreateRepository(DeployFile);
        var id = await house.KnownAsync(repository);
        var sha = repository.Branches["main"];
        await house.WriteAsync(PageRows.Deployment(id, sha, at: Noon));
        await house.WriteAsync(PageRows.Deployment(id, sha, state: DeploymentState.Failure, cause: DeploymentCause.Person, at: Noon.AddHours(1)));
        await house.WriteAsync(PageRows.Deployment(id, sha, state: DeploymentState.Cancelled, cause: DeploymentCause.Person, at: Noon.AddHours(2)));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/commit/{sha}");

        page.QuerySelectorAll("#record .badge-state .what").Select(badge => badge.TextContent).ShouldBe(["live", "failed"]);
    }

    [Fact]
    public async Task A_timeline_tells_the_cause_before_its_effect_whatever_the_clocks_say()
    {
        var repository = house.CreateRepository(DeployFile);
        var id = await house.KnownAsync(repository);
        var sha = repository.Branches["main"];
        var dev = PageRows.Deployment(id, sha, "dev", at: Noon.AddMilliseconds(700));
        dev.Steps.AddRange([Step(DeploymentState.Success, 20), Step(DeploymentState.Pending, 0)]);
        var staging = PageRows.Deployment(id, sha, "staging", DeploymentState.Pending, at: Noon.AddMilliseconds(700));
        staging.TargetDefinition = TargetJson.Write(new Target { Name = new TargetName("staging"), After = [new TargetName("dev")] });
        staging.DeployedAt = Noon.AddSeconds(18);
        staging.Steps.Add(Step(DeploymentState.Pending, 18));
        await house.WriteAsync(dev);
        await house.WriteAsync(staging);
        var back = PageRows.Deployment(id, sha, "dev", DeploymentState.InProgress, act: DeploymentAct.Rollback, at: Noon.AddSeconds(40.5));
        back.Steps.AddRange([Step(DeploymentState.InProgress, 40), Step(DeploymentState.Pending, 40)]);
        await house.WriteAsync(back);
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/commit/{sha}");

        page.QuerySelectorAll(".timeline > li a.plain").Select(line => line.TextContent.Trim()).ShouldBe(
        [
            "dev deploying", "dev on its way", "dev rollback by ada",
            "staging on its way", "dev succeeded", "staging pushed by ada", "dev on its way", "dev pushed by ada",
        ]);
        var story = await rita.OpenAsync($"/{repository.FullName}/deployments/{back.Id}");
        story.QuerySelectorAll(".timeline .timeline-state").Select(line => line.TextContent.Trim()).ShouldBe(["deploying", "on its way", "rollback by ada"]);
    }

    private static string Plain(AngleSharp.Dom.IElement? element) => string.Join(' ', element!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static DeploymentStep Step(DeploymentState state, int second) => new() { State = state, At = Noon.AddSeconds(second) };

    /// <summary>Rita locks production, Ada's deployment is refused, and Rita unlocks it again.</summary>
    private async Task RefuseAsync(RepositoryDriver driver, string sha)
    {
        var name = driver.Repository.FullName;
        house.World.SetPermission(house.Rita, driver.Repository, RepositoryPermission.Write);
        using var rita = await house.SignInAsync("rita");
        using var ada = await house.SignInAsync("ada");
        using var locked = await rita.PostFormAsync($"/{name}/lock", ("environment", "production"), ("reason", "stock-taking"));
        using var refused = await ada.PostFormAsync($"/{name}/deploy", ("target", "production"), ("sha", sha), ("ref", "main"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var unlocked = await rita.PostFormAsync($"/{name}/unlock", ("environment", "production"));
    }
}
