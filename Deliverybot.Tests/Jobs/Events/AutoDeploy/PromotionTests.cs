using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

public sealed class PromotionTests(House house) : IClassFixture<House>
{
    private const string Promotion = "deliverybot/promotion";
    private const string Promoted = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci, deliverybot/promotion]\n";

    [Fact]
    public async Task A_commit_waits_for_its_promotion()
    {
        var shop = new RepositoryDriver(house, Promoted);
        var sha = shop.Push("Ready");
        await shop.SettleAsync();
        shop.SetStatus(sha, "ci");
        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Waiting);

        shop.SetStatus(sha, Promotion);

        (await shop.SettledAsync(sha)).State.ShouldBe(DeploymentState.Pending);
    }

    [Fact]
    public async Task An_older_commit_that_is_promoted_goes_out_by_its_sha()
    {
        var shop = new RepositoryDriver(house, Promoted);
        var older = shop.Push("One");
        var newer = shop.Push("Two");
        await shop.SettleAsync();
        shop.SetStatus(older, "ci");

        shop.SetStatus(older, Promotion);

        (await shop.SettledAsync(older)).State.ShouldBe(DeploymentState.Pending);
        (await shop.RowAsync(newer)).State.ShouldBe(DeploymentState.Waiting);
        shop.World.Read(_ => shop.Repository.Deployments.Single()).Ref.ShouldBe(older);
    }

    [Fact]
    public async Task An_older_commit_never_goes_out_after_a_newer_one()
    {
        var shop = new RepositoryDriver(house, Promoted);
        var older = shop.Push("One");
        var newer = shop.Push("Two");
        await shop.SettleAsync();
        shop.SetStatus(newer, "ci");
        shop.SetStatus(newer, Promotion);
        (await shop.SettledAsync(newer)).State.ShouldBe(DeploymentState.Pending);

        var row = await shop.RowAsync(older);
        row.State.ShouldBe(DeploymentState.Superseded);
        row.Reason.ShouldBe($"{newer[..7]} is newer and was deployed first.");
        shop.SetStatus(older, "ci");
        shop.SetStatus(older, Promotion);
        await shop.SettleAsync();
        shop.Deployed.ShouldBe([newer]);
    }

    [Fact]
    public async Task Nor_after_a_newer_one_that_a_person_deployed_before_its_promotion()
    {
        var shop = new RepositoryDriver(house, Promoted);
        var older = shop.Push("One");
        var newer = shop.Push("Two");
        await shop.SettleAsync();
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync(
            $"/{shop.Repository.FullName}/deploy", ("target", "production"), ("sha", newer), ("ref", "main"), ("force", "true"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await shop.SettleAsync();

        shop.SetStatus(older, "ci");
        shop.SetStatus(older, Promotion);
        await shop.SettleAsync();

        shop.Deployed.ShouldBe([newer]);
        (await shop.RowAsync(older)).Reason.ShouldBe($"{newer[..7]} is newer and was deployed first.");
    }
}
