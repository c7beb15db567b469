using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Gates;

public sealed class AfterFactsTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        production:
          environment: production
          auto_deploy_on: refs/heads/main
          after: [staging]
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(900_001, 900_002, true)]
    [InlineData(900_004, 900_003, false)]
    public async Task Of_two_deployments_in_one_second_the_one_that_GitHub_made_last_is_the_later(long succeeded, long failed, bool hasFailedSince)
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var tea = await shop.SettledAsync(shop.Push("Sell tea"));
        shop.Report(tea.Sha.Value, "success");
        await shop.SettleAsync();
        var coffee = await shop.SettledAsync(shop.Push("Sell coffee"));
        shop.Report(coffee.Sha.Value, "failure");
        await shop.SettleAsync();
        var rows = await shop.RowsAsync();
        await MadeAsync(rows.Single(row => row.Sha == tea.Sha && row.Environment.Key == "staging"), succeeded);
        await MadeAsync(rows.Single(row => row.Sha == coffee.Sha && row.Environment.Key == "staging"), failed);

        var facts = await ReadAsync(rows.First(row => row.Sha == tea.Sha && row.Environment.Key == "production"));

        facts.ShouldBe([new AfterFacts(new TargetName("staging"), Succeeded: true, hasFailedSince)]);
    }

    [Fact]
    public async Task What_failed_since_is_mended_by_a_later_success_that_contains_it_and_by_no_older_commit()
    {
        var shop = new RepositoryDriver(house, $"{DeployFile}\n  soak: 2h\n");
        var water = shop.Push("Sell water");
        await shop.SettleAsync();
        await shop.ReportAsync("staging", water, "success");
        var tea = shop.Push("Sell tea");
        await shop.SettleAsync();
        await shop.ReportAsync("staging", tea, "success");
        var coffee = shop.Push("Sell coffee");
        await shop.SettleAsync();
        await shop.ReportAsync("staging", coffee, "failure");
        var waiting = (await shop.RowsAsync()).Last(row => row.Sha.Value == tea && row.Environment.Key == "production");
        (await ReadAsync(waiting)).ShouldBe([new AfterFacts(new TargetName("staging"), Succeeded: true, FailedSince: true)]);

        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync($"/{shop.Repository.FullName}/deploy", ("target", "staging"), ("sha", water), ("ref", "refs/heads/main"));
        await shop.SettleAsync();
        await shop.ReportAsync("staging", water, "success");
        (await ReadAsync(waiting)).ShouldBe([new AfterFacts(new TargetName("staging"), Succeeded: true, FailedSince: true)]);

        var milk = shop.Push("Sell milk");
        await shop.SettleAsync();
        await shop.ReportAsync("staging", milk, "success");
        (await ReadAsync(waiting)).ShouldBe([new AfterFacts(new TargetName("staging"), Succeeded: true, FailedSince: false)]);
        (await shop.RowsAsync()).ShouldNotContain(row => row.Sha.Value == tea && row.State == DeploymentState.Waiting && row.Gate == "After");
    }

    private Task<int> MadeAsync(Deployment row, long number) => house.ReadAsync(db => db.Deployments.Where(made => made.Id == row.Id).ExecuteUpdateAsync(
        made => made.SetProperty(it => it.DeployedAt, DateTimeOffset.UnixEpoch.AddYears(50)).SetProperty(it => it.GitHubId, new GitHubDeploymentId(number)), Stop));

    private async Task<IReadOnlyList<AfterFacts>> ReadAsync(Deployment row)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var wish = new WishFacts(
            row.Id, TargetJson.Read(row.TargetDefinition!), row.Environment, row.Ref, row.Sha, row.Task, row.Origin, row.RequestedBy, row.Force);
        var reader = scope.ServiceProvider.GetServices<IFactsReader>().OfType<AfterFactsReader>().Single();
        return (await reader.AddAsync(new GateFacts { Wish = wish }, row.RepositoryId, Stop)).After;
    }
}
