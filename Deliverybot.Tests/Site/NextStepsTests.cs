using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary><em>Deploy again</em> is offered where it isn't refused as things stand now; a refusal leads to what is in the way.</summary>
public sealed class NextStepsTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "dev:\n  environment: dev\n  auto_deploy_on: refs/heads/main\nproduction:\n  after: [dev]\n  auto_deploy_on: refs/heads/main\n";
    private const string Again = "form[action$='/deploy']";

    [Fact]
    public async Task What_failed_is_deployed_again_only_while_its_branch_has_it_and_the_file_its_target()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = await FailAsync(acts, "One");
        using var ada = await house.SignInAsync("ada");
        (await OfferedAsync(ada, acts, sha)).ShouldBe([true, true]);

        acts.Shop.PushDeployFile("production:\n  environment: production\n");
        await acts.Shop.SettleAsync();
        (await OfferedAsync(ada, acts, sha)).ShouldBe([false, false], "no target any more");

        acts.Shop.RemoveDeployFile();
        await acts.Shop.SettleAsync();
        (await OfferedAsync(ada, acts, sha)).ShouldBe([false, false], "no file any more");
        using var refused = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "dev"), ("sha", sha), ("ref", "main"));
        (await refused.ReadPageAsync()).QuerySelectorAll("main .actions a").Select(link => link.TextContent.Trim()).ShouldContain("Look at Config");
    }

    [Fact]
    public async Task Of_a_commit_that_is_gone_from_its_branch_nothing_is_deployed_again()
    {
        var acts = new ActDriver(house, "dev:\n  environment: dev\n  auto_deploy_on: [refs/heads/main, refs/heads/tea]\n");
        await acts.GoLiveAsync("Zero");
        var sha = acts.Shop.Push("One", "tea");
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
        acts.Shop.Report(sha, "failure");
        await acts.Shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        (await OfferedAsync(ada, acts, sha)).ShouldBe([true, true]);

        house.World.DeleteBranch(acts.Shop.Repository, "tea", house.Ada);
        await acts.Shop.SettleAsync();

        (await OfferedAsync(ada, acts, sha)).ShouldBe([false, false]);
    }

    [Fact]
    public async Task Of_a_closed_pull_request_nothing_is_deployed_again_and_the_refusal_leads_there()
    {
        var acts = new ActDriver(house, "review:\n  environment: review-${{ pr }}\n  auto_deploy_on: pr\n  transient_environment: true\n");
        var sha = acts.Shop.Push("Sell tea", "tea");
        var pull = house.World.OpenPullRequest(acts.Shop.Repository, "tea", house.Ada, "Sell tea");
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
        acts.Shop.Report(sha, "failure");
        await acts.Shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        (await OfferedAsync(ada, acts, sha)).ShouldBe([true, true]);
        (await ada.OpenAsync($"/{acts.Name}/deployments")).QuerySelector(Again).ShouldNotBeNull();

        house.World.ClosePullRequest(acts.Shop.Repository, pull, house.Ada);
        await acts.Shop.SettleAsync();

        (await OfferedAsync(ada, acts, sha)).ShouldBe([false, false]);
        (await ada.OpenAsync($"/{acts.Name}/deployments")).QuerySelector(Again).ShouldBeNull();
        using var refused = await ada.PostFormAsync($"/{acts.Name}/deploy", ("target", "review"), ("sha", sha), ("pr", $"{pull.Number}"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.ReadPageAsync()).QuerySelectorAll("main .actions a").Select(link => link.TextContent.Trim()).ShouldContain($"Pull request #{pull.Number}");
    }

    [Fact]
    public async Task Where_an_earlier_target_is_in_the_way_that_one_is_offered()
    {
        var acts = new ActDriver(house, DeployFile);
        var sha = await FailAsync(acts, "One");
        var waits = await acts.Shop.AwaitAsync("production", sha, DeploymentState.Waiting);
        using var ada = await house.SignInAsync("ada");
        using var cancelled = await ada.PostFormAsync($"/{acts.Name}/cancel", ("id", waits.Id.ToString()));
        cancelled.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var forms = (await ada.OpenAsync($"/{acts.Name}/deployments/{waits.Id}")).QuerySelectorAll(Again).Cast<IHtmlFormElement>().ToList();

        var form = forms.ShouldHaveSingleItem();
        form.QuerySelector("button")!.TextContent.ShouldContain("Deploy again to dev");
        form.QuerySelector("input[name=target]")!.GetAttribute("value").ShouldBe("dev");
    }

    private static async Task<string> FailAsync(ActDriver acts, string message)
    {
        var sha = acts.Shop.Push(message);
        await acts.Shop.AwaitAsync("dev", sha, DeploymentState.Pending);
        await acts.Shop.ReportAsync("dev", sha, "failure");
        return sha;
    }

    /// <summary>Whether the page of the deployment, and that of its commit, offer it.</summary>
    private static async Task<bool[]> OfferedAsync(HttpClient by, ActDriver acts, string sha)
    {
        var failed = (await acts.Shop.RowsAsync()).Last(row => row.Sha.Value == sha && row.HasFailed);
        var onCommit = (await by.OpenAsync($"/{acts.Name}/commit/{sha}")).QuerySelectorAll($"{Again} input[name=target]")
            .Any(target => target.GetAttribute("value") == failed.Target.Value);
        return [(await by.OpenAsync($"/{acts.Name}/deployments/{failed.Id}")).QuerySelector(Again) is not null, onCommit];
    }
}
