using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.Upkeep;

/// <summary>Runs a recurring job by hand, as if it were some time later, and looks at what waits.</summary>
internal static class UpkeepDriver
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="house">Where.</param>
    /// <param name="later">How much later the job thinks it is.</param>
    /// <param name="run">Its run.</param>
    public static async Task RunLaterAsync<T>(this House house, TimeSpan later, Func<T, CancellationToken, Task> run)
    {
        await using var scope = house.Services.CreateAsyncScope();
        await run(ActivatorUtilities.CreateInstance<T>(scope.ServiceProvider, new FakeTimeProvider(DateTimeOffset.UtcNow + later)), Stop);
    }

    public static async Task RunAsync<T>(this House house, Func<T, CancellationToken, Task> run)
    {
        await using var scope = house.Services.CreateAsyncScope();
        await run(ActivatorUtilities.CreateInstance<T>(scope.ServiceProvider), Stop);
    }

    public static Task<List<Deployment>> DeploymentsAsync(this House house, Repository repository) =>
        house.ReadAsync(db => db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == new RepositoryId(repository.Id)).OrderBy(row => row.Id).ToListAsync(Stop));

    /// <summary>Awaits a row of this commit and state, and answers it.</summary>
    public static async Task<Deployment> AwaitAsync(this House house, Repository repository, string sha, DeploymentState state, string? gate = null)
    {
        Deployment? found = null;
        await house.EventuallyAsync(
            async () => (found = (await house.DeploymentsAsync(repository))
                .Find(row => row.Sha == new CommitSha(sha) && row.State == state && (gate is null || row.Gate == gate))) is not null,
            $"{sha} is {state} {gate}");
        return found!;
    }

    public static async Task ExecuteAsync(this House house, string sql)
    {
        await using var command = house.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
