using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.AutoDeploy;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

/// <summary>A commit of which GitHub had told before its event came.</summary>
public sealed class DeployedInPlaceTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "staging:\n  environment: staging\n  auto_deploy_on: refs/heads/main\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_not_deployed_again_though_it_has_failed()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var tea = await shop.SettledAsync(shop.Push("Sell tea"));
        shop.Report(tea.Sha.Value, "failure");
        await shop.SettleAsync();
        await MakeInPlaceOfAnotherAsync(tea);

        var again = await EndAsync(tea);

        again.State.ShouldBe(DeploymentState.Superseded);
        again.Reason.ShouldBe($"{tea.Sha.Short} was deployed to staging already, in the place of an earlier commit.");
    }

    [Fact]
    public async Task Has_its_turn_where_another_was_deployed_since()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var tea = await shop.SettledAsync(shop.Push("Sell tea"));
        await MakeInPlaceOfAnotherAsync(tea);
        await shop.SettledAsync(shop.Push("Sell coffee"));

        (await EndAsync(tea)).State.ShouldBe(DeploymentState.Waiting);
    }

    [Fact]
    public async Task Has_its_turn_where_its_own_event_had_deployed_it()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var tea = await shop.SettledAsync(shop.Push("Sell tea"));
        shop.Report(tea.Sha.Value, "failure");
        await shop.SettleAsync();

        (await EndAsync(tea)).State.ShouldBe(DeploymentState.Waiting);
    }

    private Task<int> MakeInPlaceOfAnotherAsync(Deployment row) => house.ReadAsync(db => db.Deployments.Where(made => made.Id == row.Id)
        .ExecuteUpdateAsync(made => made.SetProperty(it => it.InPlaceOf, CommitSha.Parse(new string('a', 40))), Stop));

    /// <summary>Looks at a wish of another delivery for the same commit.</summary>
    private async Task<Deployment> EndAsync(Deployment earlier)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeliverybotContext>();
        var wish = new Deployment
        {
            RepositoryId = earlier.RepositoryId,
            Target = earlier.Target,
            Environment = earlier.Environment,
            Ref = earlier.Ref,
            Sha = earlier.Sha,
            Task = earlier.Task,
            Origin = DeploymentOrigin.Event(DeploymentCause.Push),
            RequestedBy = earlier.RequestedBy,
            DeliveryGuid = new WebhookDeliveryGuid(Guid.NewGuid()),
            TargetDefinition = earlier.TargetDefinition,
            State = DeploymentState.Waiting,
            CreatedAt = earlier.CreatedAt.AddMinutes(2),
            UpdatedAt = earlier.CreatedAt.AddMinutes(2),
        };
        db.Deployments.Add(wish);
        await db.SaveChangesAsync(Stop);
        await scope.ServiceProvider.GetRequiredService<DeployedInPlace>().EndAsync(wish, Stop);
        return await db.Deployments.AsNoTracking().SingleAsync(row => row.Id == wish.Id, Stop);
    }
}
