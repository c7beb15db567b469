using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Acts.Rollbacks;

/// <summary>People roll back because the newest attempt went wrong: back is what went well last.</summary>
public sealed class TouchedEnvironmentTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  auto_deploy_on: refs/heads/main\n";

    [Theory]
    [InlineData("failure", "failed")]
    [InlineData("error", "failed")]
    [InlineData("in_progress", "is on its way")]
    [InlineData(null, "is on its way")]
    public async Task After_an_attempt_it_goes_back_to_what_went_well_last(string? state, string word)
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        var good = await acts.GoLiveAsync("Two");
        var bad = await TryAsync(acts, "Three", state);

        var outcome = await RollBackAsync(acts, "production");

        outcome.Sentence.ShouldBe(
            $"{bad[..7]} {word}; production goes back to {good[..7]}. Automatic deployments are held until somebody unlocks it, or has deployed something newer than {bad[..7]}.");
        acts.Shop.Deployed[^1].ShouldBe(good);
    }

    [Fact]
    public async Task The_first_success_is_gone_back_to_when_the_second_attempt_fails()
    {
        var acts = new ActDriver(house, DeployFile);
        var good = await acts.GoLiveAsync("One");
        await TryAsync(acts, "Two", "failure");

        (await acts.WentToAsync(await RollBackAsync(acts, "production"))).ShouldBe(good);
    }

    [Fact]
    public async Task The_second_goes_further_back_one_that_failed_is_tried_again_and_none_toggles()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        var third = await TryAsync(acts, "Three", "failure");
        var gone = new List<string>();

        foreach (var state in new[] { "failure", null, "success", "failure", "success" })
        {
            var to = await acts.WentToAsync(await RollBackAsync(acts, "production"));
            gone.Add(to);
            if (state is not null)
            {
                acts.Shop.Report(to, state);
                await acts.Shop.SettleAsync();
            }
        }

        gone.ShouldBe([second, second, second, first, first]);
        (await RollBackAsync(acts, "production")).ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldBe($"Nothing was live in production before {first[..7]}.");
        acts.Shop.Deployed.Count(sha => sha == third).ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_that_is_cleared_away_later_is_no_attempt_to_undo()
    {
        var acts = new ActDriver(house, DeployFile);
        var good = await acts.GoLiveAsync("One");
        var failed = await TryAsync(acts, "Two", "failure");
        await acts.GoLiveAsync("Three");
        acts.Shop.Report(failed, "inactive");
        await acts.Shop.SettleAsync();

        (await acts.WentToAsync(await RollBackAsync(acts, "production"))).ShouldBe(good);
    }

    [Fact]
    public async Task What_failed_after_all_and_was_taken_down_is_not_brought_back_by_a_rollback()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        var gone = await acts.GoLiveAsync("Two");
        acts.Shop.Report(gone, "failure");
        await acts.Shop.SettleAsync();
        acts.Shop.Report(gone, "inactive");
        await acts.Shop.SettleAsync();

        (await RollBackAsync(acts, "production")).ShouldEndAs(ActEnd.Refused);
    }

    [Fact]
    public async Task What_failed_after_all_is_not_gone_back_to()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        acts.Shop.Report(second, "failure", "The smoke test failed");
        await acts.Shop.SettleAsync();
        await acts.GoLiveAsync("Three");

        (await acts.WentToAsync(await RollBackAsync(acts, "production"))).ShouldBe(first);
    }

    [Fact]
    public async Task What_was_never_made_has_touched_nothing()
    {
        var acts = new ActDriver(house, DeployFile + "  required_contexts: [ci]\n");
        var good = new List<string>();
        foreach (var message in new[] { "One", "Two" })
        {
            var sha = acts.Shop.Push(message);
            acts.Shop.SetStatus(sha, "ci");
            await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
            good.Add(await acts.SucceedAsync(sha));
        }

        acts.Shop.Push("Three");
        await acts.Shop.SettleAsync();

        (await acts.WentToAsync(await RollBackAsync(acts, "production"))).ShouldBe(good[0]);
    }

    [Theory]
    [InlineData("waiting")]
    [InlineData("waiting failure")]
    public async Task What_was_not_approved_has_touched_nothing(string states)
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        await acts.GoLiveAsync("Two");
        var third = acts.Shop.Push("Three");
        await acts.Shop.EventuallyAsync(third, DeploymentState.Pending);
        var job = house.World.CreateActionsDeployment(acts.Shop.Repository, third, "production");
        foreach (var state in states.Split(' '))
        {
            house.World.SetDeploymentStatus(acts.Shop.Repository, job, state);
        }

        await acts.Shop.SettleAsync();

        (await acts.WentToAsync(await RollBackAsync(acts, "production"))).ShouldBe(first);
    }

    [Fact]
    public async Task A_canary_of_the_same_environment_is_no_attempt_of_the_target()
    {
        var acts = new ActDriver(house, DeployFile + "canary:\n  environment: production\n  auto_deploy_on: refs/heads/canary\n");
        var first = await acts.GoLiveAsync("One");
        await acts.GoLiveAsync("Two");
        var canary = acts.Shop.Push("Try it", "canary");
        await acts.Shop.EventuallyAsync(canary, DeploymentState.Pending);
        acts.Shop.Report(canary, "failure");
        await acts.Shop.SettleAsync();

        (await acts.WentToAsync(await RollBackAsync(acts, "production"))).ShouldBe(first);
    }

    [Fact]
    public async Task What_others_tried_is_an_attempt()
    {
        var acts = new ActDriver(house, DeployFile);
        await acts.GoLiveAsync("One");
        var good = await acts.GoLiveAsync("Two");
        var side = acts.Shop.Push("By hand", "side");
        var made = house.World.CreateDeployment(acts.Shop.Repository, side, "production", house.Ada);
        house.World.SetDeploymentStatus(acts.Shop.Repository, made, "failure", house.Ada);
        await acts.Shop.SettleAsync();

        (await acts.WentToAsync(await RollBackAsync(acts, "production"))).ShouldBe(good);
    }

    [Fact]
    public async Task Pages_say_where_it_would_go_and_why_before_the_button_is_pressed()
    {
        var acts = new ActDriver(house, DeployFile);
        var good = await acts.GoLiveAsync("One");
        var bad = await TryAsync(acts, "Two", "failure");
        var name = acts.Shop.Repository.FullName;
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");
        var expected = $"{bad[..7]} failed; production goes back to {good[..7]}.";

        var link = $"/{name}/environments?handler=Form&act=rollback&environment=production";
        var form = await ada.OpenFormAsync(acts.Shop.Repository);
        using var unread = await rita.GetAsync(new Uri(link, UriKind.Relative), ActDriver.Stop);

        (await ada.OpenAsync(link)).DocumentElement.TextContent.ShouldContain(expected);
        form.DocumentElement.TextContent.ShouldContain(expected);
        unread.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_was_told_of_one_commit_goes_back_to_no_other_that_somebody_elses_rollback_has_left_next()
    {
        var acts = new ActDriver(house, DeployFile);
        var first = await acts.GoLiveAsync("One");
        var second = await acts.GoLiveAsync("Two");
        await acts.GoLiveAsync("Three");
        var told = await acts.AsAppAsync<EnvironmentRollbacks, RollbackPreview>(
            (rollbacks, github) => rollbacks.PreviewAsync(acts.Id, acts.Writer(ActDriver.Ada), "production", chosen: null, github, ActDriver.Stop));
        await RollBackAsync(acts, "production");
        acts.Shop.Report(second, "success");
        await acts.Shop.SettleAsync();

        var late = await RollBackAsync(acts, "production", told.To);

        late.ShouldEndAs(ActEnd.Refused).Sentence.ToString().ShouldBe(
            $"production was to go back to {second[..7]}, and something was done there since. Now: {second[..7]} is live; production goes back to {first[..7]}. "
            + "Nothing was rolled back; open the form again to go there.");
        acts.Shop.Deployed[^1].ShouldBe(second);
    }

    private static async Task<string> TryAsync(ActDriver acts, string message, string? state)
    {
        var sha = acts.Shop.Push(message);
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
        if (state is not null)
        {
            acts.Shop.Report(sha, state);
            await acts.Shop.SettleAsync();
        }

        return sha;
    }

    private static Task<ActResult> RollBackAsync(ActDriver acts, string place, CommitSha? told = null) =>
        acts.ActAsync<EnvironmentRollbacks>(ActDriver.Ada, (rollbacks, actor) => rollbacks.RollBackAsync(
            actor, new RollbackRequest { Place = place, Via = DeploymentVia.Web, To = told }, ActDriver.Stop));
}
