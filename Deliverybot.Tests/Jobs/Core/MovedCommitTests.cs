using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

/// <summary>
/// Asked for a branch, GitHub deploys a commit of which no push has told yet, and which the gates don't let pass: here a person deploys
/// what has run at staging, and GitHub makes it of one that hasn't. Nobody is to carry that out.
/// </summary>
public sealed class MovedCommitTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const string DeployFile =
        """
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main
        production:
          environment: production
          after: [staging]
        """;

    private readonly House house = new(postgreSql) { Roles = "web" };

    private RepositoryDriver shop = null!;
    private string tea = "";
    private string coffee = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RepositoryId Id => new(shop.Repository.Id);

    public async ValueTask InitializeAsync()
    {
        await house.InitializeAsync();
        shop = new RepositoryDriver(house, DeployFile);
        tea = shop.Push("Sell tea");
        await house.ProcessAsync();
        shop.Report(tea, "success");
        await house.ProcessAsync();
        coffee = shop.Push("Sell coffee");
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Who_asked_for_it_is_told_and_a_hold_stays()
    {
        await house.WriteAsync(new EnvironmentLock
        {
            RepositoryId = Id,
            Environment = new EnvironmentName("production"),
            Kind = LockKind.Hold,
            Holder = Somebody.Called("rita"),
            Since = DateTimeOffset.UtcNow,
        });

        using var answer = await DeployAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ReadPageAsync()).QuerySelector("main")!.TextContent.ShouldContain(
            $"GitHub deployed {coffee[..7]} instead of {tea[..7]}. After: {coffee[..7]} has not succeeded at staging yet.");
        (await house.ReadAsync(db => db.Locks.CountAsync(held => held.RepositoryId == Id && held.Kind == LockKind.Hold, Stop))).ShouldBe(1);
        await IsRefusedAsync();
    }

    [Fact]
    public async Task Who_was_cut_off_before_GitHub_was_told_is_made_up_for()
    {
        using var answer = await DeployAsync();
        (await TakeRefusalsAsync()).ShouldBe(1);

        var row = (await shop.RowsAsync()).Single(row => row.Environment.Key == "production");
        await house.RunAsync<EvaluateDeploymentJob>((look, stop) => look.RunAsync(shop.Repository.FullName, row.Id.Value, stop));

        (await TakeRefusalsAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_refused_also_where_the_answer_was_lost(bool isEventHeard)
    {
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/deployments", Address = $"/{shop.Repository.FullName}/", DroppedAnswerShare = 1, Times = 1 });
        using var answer = await DeployAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        if (isEventHeard)
        {
            await house.ProcessAsync();
        }
        else
        {
            var row = (await shop.RowsAsync()).Single(row => row.Environment.Key == "production");
            await house.RunAsync<EvaluateDeploymentJob>((look, stop) => look.RunAsync(shop.Repository.FullName, row.Id.Value, stop));
        }

        await IsRefusedAsync();
        (await house.ReadAsync(db => db.Activity.CountAsync(entry => entry.RepositoryId == Id, Stop))).ShouldBe(0);
    }

    private async Task<HttpResponseMessage> DeployAsync()
    {
        using var ada = await house.SignInAsync("ada");
        return await ada.PostFormAsync($"/{shop.Repository.FullName}/deploy", ("target", "production"), ("sha", tea), ("ref", "main"));
    }

    private async Task IsRefusedAsync()
    {
        var row = (await shop.RowsAsync()).Single(row => row.Environment.Key == "production");
        row.State.ShouldBe(DeploymentState.Error);
        row.Sha.Value.ShouldBe(coffee);
        (await TakeRefusalsAsync()).ShouldBe(1);
        await house.RunAsync<RefuseDeploymentJob>((refusal, stop) => refusal.RunAsync(shop.Repository.FullName, row.Id.Value, row.Reason!, stop));
        shop.Repository.Deployments.Single(made => made.Environment == "production").Statuses.ShouldHaveSingleItem().State.ShouldBe("error");
    }

    /// <summary>How many jobs there are to tell GitHub; no worker runs here, and they are taken away.</summary>
    private async Task<int> TakeRefusalsAsync()
    {
        await using var command = house.Database.Source.CreateCommand(
            "delete from hangfire.job where invocationdata ->> 'Type' like '%RefuseDeploymentJob%' and arguments ->> 0 = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"\"{shop.Repository.FullName}\"" });
        return await command.ExecuteNonQueryAsync(Stop);
    }
}
