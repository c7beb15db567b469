using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
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
        row.Reason.ShouldBe("Waiting for ci (pending), lint (pending).");
        shop.StatusesOf(sha, Status)[^1].ShouldBe($"pending: {row.Reason}");
        shop.Calls.ShouldBe([Contents, Create, WriteStatus, WriteStatus]);
        var said = await house.ReadAsync(db => db.Evaluations.Where(look => look.DeploymentId == row.Id).OrderByDescending(look => look.Id).FirstAsync());
        said.Verdicts.Single(verdict => verdict.Gate == "Checks").Reason.ShouldBe(row.Reason);

        await shop.PassAsync(sha, "ci");
        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for lint (pending).");
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
        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for e2e (pending).");
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

        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for e2e (pending).");
        shop.StatusesOf(sha, Status)[^1].ShouldBe("pending: Waiting for e2e (pending).");
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

    private RepositoryDriver Shop(string contexts) => new(house, $"production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [{contexts}]\n");
}
