using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.Events.AutoDeploy;

/// <summary>Follows the wishes and deployments of one repository.</summary>
internal sealed class WishDriver(House house, string deployFile)
{
    public Repository Repository { get; } = house.CreateRepository(deployFile);

    public RepositoryId Id => new(Repository.Id);

    /// <summary>What GitHub has made, oldest first: <c>environment:sha</c>.</summary>
    public IReadOnlyList<string> Made => [.. Repository.Deployments.Select(made => $"{made.Environment}:{made.Sha}")];

    public Task<List<Deployment>> AllAsync() => house.ReadAsync(db => db.Deployments.AsNoTracking()
        .Where(row => row.RepositoryId == Id).OrderBy(row => row.Id).ToListAsync());

    public string Push(string message, string branch = "main") => house.World.Push(Repository, branch, house.Ada, message);

    /// <summary>Awaits the newest wish of a target for a commit to be as said.</summary>
    public async Task<Deployment> AwaitAsync(string target, string sha, DeploymentState state, string? gate = null)
    {
        Deployment? found = null;
        await house.EventuallyAsync(
            async () =>
            {
                found = (await AllAsync()).FindLast(row => row.Target == new TargetName(target) && row.Sha == new CommitSha(sha));
                return found?.State == state && (gate is null || found.Gate == gate);
            },
            string.Create(CultureInfo.InvariantCulture, $"{target} {sha} is {state} {gate}"));
        return found!;
    }

    /// <summary>Awaits that all events of the repository were sent and dealt with, those that dealing with them has caused too.</summary>
    public async Task SettledAsync()
    {
        int sent;
        do
        {
            sent = house.World.Webhooks.Deliveries.Count;
            await house.World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
            await house.EventuallyAsync(
                () => house.ReadAsync(async db => !await db.WebhookDeliveries.AnyAsync(row => row.RepositoryId == Id && row.ProcessedAt == null)),
                "all events are processed");
        }
        while (house.World.Webhooks.Deliveries.Count != sent);
    }

    /// <summary>Whoever deploys reports on the newest deployment of a commit to an environment, and all that follows from it is done.</summary>
    public async Task ReportAsync(string environment, string sha, string state)
    {
        house.World.SetDeploymentStatus(Repository, Repository.Deployments.Last(made => made.Environment == environment && made.Sha == sha), state);
        await SettledAsync();
    }

    public async Task PassAsync(string sha, string context)
    {
        house.World.SetStatus(Repository, sha, context, "success", house.Ada);
        await SettledAsync();
    }

    /// <summary>Calls about the repository whose route contains this.</summary>
    public int Calls(string route) =>
        RepositoryDriver.CallsAbout(house, Repository).Count(call => call.Contains(route, StringComparison.Ordinal));
}
