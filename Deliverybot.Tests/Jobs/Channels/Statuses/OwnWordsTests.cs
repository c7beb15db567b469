using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels.Statuses;

/// <summary>What we have told GitHub of a deployment comes back as an event.</summary>
public sealed class OwnWordsTests(House house) : IClassFixture<House>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sentence_of_ours_still_knows_who_is_named_in_it()
    {
        var acts = new ActDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n");
        var sha = acts.Shop.Push("One");
        await acts.Shop.EventuallyAsync(sha, DeploymentState.Pending);
        var row = await acts.Shop.RowAsync(sha);
        Sentence ours = $"production is locked by {new GitHubUser(new GitHubUserId(7), new GitHubLogin("grace"))}.";
        await house.ReadAsync(db => db.Deployments.Where(known => known.Id == row.Id)
            .ExecuteUpdateAsync(known => known.SetProperty(told => told.Reason, ours), Stop));

        acts.Shop.Report(sha, "error", "production is locked by grace.");
        await acts.Shop.SettleAsync();

        (await acts.Shop.RowAsync(sha)).ShouldSatisfyAllConditions(
            told => told.State.ShouldBe(DeploymentState.Error), told => told.Reason!.Kept.ShouldBe(ours.Kept));
        (await house.ReadAsync(db => db.DeploymentSteps.CountAsync(step => step.DeploymentId == row.Id && step.Description != null, Stop))).ShouldBe(0);
    }
}
