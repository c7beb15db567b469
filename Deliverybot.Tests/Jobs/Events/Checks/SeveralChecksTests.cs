using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.RepositoryDriver;

namespace Deliverybot.Tests.Jobs.Events.Checks;

/// <summary>A wish that waits for several checks says which are left, after each news of one.</summary>
public sealed class SeveralChecksTests(House house) : IClassFixture<House>
{
    private const string Status = "deliverybot/production";

    [Fact]
    public async Task One_that_turns_good_is_waited_for_no_longer_and_GitHub_isnt_asked_for_that()
    {
        var shop = Shop("ci, e2e, lint");
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();

        await shop.PassAsync(sha, "e2e");

        var row = await shop.RowAsync(sha);
        row.Reason.ShouldBe("Waiting for ci (no result yet), lint (no result yet).");
        shop.StatusesOf(sha, Status)[^1].ShouldBe($"pending: {row.Reason}");
        shop.Calls.ShouldBe([Contents, Create, WriteStatus, WriteStatus]);
        var said = await house.ReadAsync(db => db.Evaluations.Where(look => look.DeploymentId == row.Id).OrderByDescending(look => look.Id).FirstAsync());
        said.Verdicts.Single(verdict => verdict.Gate == "Checks").Reason.ShouldBe(row.Reason);

        await shop.PassAsync(sha, "ci");
        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for lint (no result yet).");
        await shop.PassAsync(sha, "lint");
        (await shop.RowAsync(sha)).State.ShouldBe(DeploymentState.Pending);
    }

    [Fact]
    public async Task What_isnt_required_and_what_was_good_already_costs_nothing()
    {
        var shop = Shop("ci, e2e");
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        await shop.PassAsync(sha, "ci");
        var calls = shop.Calls.Count;

        await shop.PassAsync(sha, "other");
        await shop.PassAsync(sha, "ci");

        shop.Calls.Count.ShouldBe(calls);
        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for e2e (no result yet).");
    }

    [Fact]
    public async Task One_that_was_good_and_fails_in_another_run_is_said()
    {
        var shop = Shop("ci, e2e");
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        await shop.PassAsync(sha, "ci");

        shop.SetStatus(sha, "ci", "failure");
        await shop.SettleAsync();

        (await shop.RowAsync(sha)).Reason.ShouldBe("ci (failure). A re-run may turn it green.");
    }

    [Fact]
    public async Task A_re_run_that_turns_good_leaves_those_to_be_said_that_are_still_to_come()
    {
        var shop = Shop("ci, e2e");
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        shop.SetStatus(sha, "ci", "failure");
        await shop.SettleAsync();

        await shop.PassAsync(sha, "ci");

        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for e2e (no result yet).");
        shop.StatusesOf(sha, Status)[^1].ShouldBe("pending: Waiting for e2e (no result yet).");
    }

    [Fact]
    public async Task Somebodys_word_is_named_as_long_as_it_is_missing()
    {
        var shop = Shop("ci, deliverybot/promotion");
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();

        await shop.PassAsync(sha, "ci");

        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for somebody to promote it.");
    }

    [Fact]
    public async Task Of_very_many_each_news_stands_in_the_place_of_the_last_and_only_those_of_the_last_few_are_told()
    {
        var shop = Shop("a, b, c, d, e, f");
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();

        await shop.PassAsync(sha, "a");
        await shop.PassAsync(sha, "b");

        var row = await shop.RowAsync(sha);
        row.Reason.ShouldBe("Waiting for c (no result yet), d (no result yet), e (no result yet), f (no result yet).");
        (await LooksAsync(row)).ShouldHaveSingleItem().Verdicts.Single(verdict => verdict.Gate == "Checks").Reason.ShouldBe(row.Reason);
        shop.StatusesOf(sha, Status).ShouldHaveSingleItem();

        await shop.PassAsync(sha, "c");

        (await LooksAsync(row)).Count.ShouldBe(2);
        shop.StatusesOf(sha, Status).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Where_an_earlier_release_has_kept_nothing_of_the_others_GitHub_is_asked()
    {
        var shop = Shop("ci, e2e, lint");
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        var row = await shop.RowAsync(sha);
        await house.ExecuteAsync(
            $"update evaluations set verdicts = (select jsonb_agg(verdict - 'unmet') from jsonb_array_elements(verdicts) verdict) where deployment_id = {row.Id}");

        await shop.PassAsync(sha, "e2e");

        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for ci (no result yet), lint (no result yet).");
        shop.Calls.Count(call => call == Create).ShouldBe(2);
    }

    [Fact]
    public async Task Where_GitHub_had_reported_on_none_of_those_that_are_left_it_is_asked_again()
    {
        var shop = Shop("ci, e2e");
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        shop.SetStatus(sha, "ci", "failure");
        await shop.SettleAsync();
        shop.SetStatus(sha, "e2e", "pending");
        await shop.SettleAsync();

        await shop.PassAsync(sha, "ci");

        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for e2e (pending).");
    }

    private async Task<List<Evaluation>> LooksAsync(Deployment row) =>
        await house.ReadAsync(db => db.Evaluations.AsNoTracking().Where(look => look.DeploymentId == row.Id).OrderBy(look => look.Id).ToListAsync());

    private RepositoryDriver Shop(string contexts) => new(house, $"production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [{contexts}]\n");
}
