using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Checks;

public sealed class PassedChecksTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_check_that_turned_good_is_no_longer_named_though_others_are_waited_for()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci, e2e, deliverybot/promotion]\n");
        var sha = shop.Push("Sell tea");
        (await shop.SettledAsync(sha)).Reason.ShouldBe("Waiting for ci (pending), e2e (pending), somebody to promote it.");
        var calls = shop.Calls.Count;

        await shop.PassAsync(sha, "ci");

        var row = await shop.RowAsync(sha);
        row.State.ShouldBe(DeploymentState.Waiting);
        row.Reason.ShouldBe("Waiting for e2e (pending), somebody to promote it.");
        (await SaidAsync(row)).ShouldBe("Waiting for e2e (pending), somebody to promote it.");
        shop.Calls.Count.ShouldBe(calls, "GitHub isn't asked");

        await shop.PassAsync(sha, "e2e");

        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for somebody to promote it.");
    }

    [Fact]
    public async Task A_failed_one_is_named_until_it_turns_good_itself_and_what_still_runs_is_waited_for_then()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci, e2e, lint]\n");
        var sha = shop.Push("Sell tea");
        await shop.SettleAsync();
        shop.SetStatus(sha, "ci", "failure");
        await shop.SettleAsync();

        await shop.PassAsync(sha, "lint");
        (await shop.RowAsync(sha)).Reason.ShouldBe("ci (failure). A re-run may turn it green.");

        await shop.PassAsync(sha, "ci");
        (await shop.RowAsync(sha)).Reason.ShouldBe("Waiting for e2e (pending).");
    }

    [Theory]
    [InlineData("Waiting for ci (pending), my (odd) check (pending).", "my (odd) check", "Waiting for my (odd) check (pending).")]
    [InlineData("ci (failure), ui (skipped because unit failed). A re-run may turn it green.", "ui", "ui (skipped because unit failed). A re-run may turn it green.")]
    [InlineData("ci (timed_out). A re-run may turn it green.", "i", "Waiting for i (pending).")]
    public void What_was_said_of_the_others_stays(string said, string left, string expected) =>
        ChecksGate.Left(Sentence.Plain(said), [left]).ToString().ShouldBe(expected);

    private Task<string> SaidAsync(Deployment row) => house.ReadAsync(async db =>
        (await db.Evaluations.AsNoTracking().Where(evaluation => evaluation.DeploymentId == row.Id).OrderByDescending(evaluation => evaluation.Id).FirstAsync())
            .Verdicts.Single(verdict => verdict.Gate == row.Gate).Reason.ToString());
}
