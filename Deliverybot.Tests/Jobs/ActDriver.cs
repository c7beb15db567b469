using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs;

/// <summary>What people do to a repository of the house, by the parts of Jobs that web, pull requests and Slack share.</summary>
internal sealed class ActDriver(House house, string deployFile)
{
    public static readonly GitHubUser Ada = Somebody.Called("ada");
    public static readonly GitHubUser Grace = Somebody.Called("grace");

    public RepositoryDriver Shop { get; } = new(house, deployFile);

    public RepositoryId Id => new(Shop.Repository.Id);

    public RepositoryName Name => RepositoryName.Parse(Shop.Repository.FullName);

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>With the App's own access.</summary>
    public async Task<TOutcome> AsAppAsync<T, TOutcome>(Func<T, RepositoryClient, Task<TOutcome>> act)
        where T : notnull
    {
        await house.EventuallyAsync(() => house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == Id)), "the repository is known");
        var installation = await house.ReadAsync(db => db.Repositories.Where(row => row.Id == Id).Select(row => row.InstallationId).SingleAsync());
        await using var scope = house.Services.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<GitHubClients>().Installation(installation).Repository(Name);
        return await act(scope.ServiceProvider.GetRequiredService<T>(), client);
    }

    /// <summary>With the App's own access, for somebody who may write.</summary>
    public async Task<ActResult> ActAsync<T>(GitHubUser by, Func<T, Actor, Task<ActResult>> act)
        where T : notnull
    {
        await house.EventuallyAsync(() => house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == Id)), "the repository is known");
        var repository = await house.ReadAsync(db => db.Repositories.AsNoTracking().SingleAsync(row => row.Id == Id));
        await using var scope = house.Services.CreateAsyncScope();
        var github = scope.ServiceProvider.GetRequiredService<GitHubClients>().Installation(repository.InstallationId).Repository(Name);
        var actor = await scope.ServiceProvider.GetRequiredService<Admission>().AskAsync(repository, Writer(by), github, Stop);
        return await act(scope.ServiceProvider.GetRequiredService<T>(), actor.ShouldNotBeNull());
    }

    /// <summary>The account of that login at the stand-in, which may write here.</summary>
    public GitHubUser Writer(GitHubUser person)
    {
        var account = house.World.FindAccount(person.Login.Value) ?? house.World.CreateUser(person.Login.Value);
        if (house.World.PermissionOf(account, Shop.Repository) < Deliverybot.Sandbox.World.RepositoryPermission.Write)
        {
            house.World.SetPermission(account, Shop.Repository, Deliverybot.Sandbox.World.RepositoryPermission.Write);
        }

        return new GitHubUser(new GitHubUserId(account.Id), new GitHubLogin(account.Login));
    }

    /// <summary>The commit of the deployment that an act has begun.</summary>
    public async Task<string> WentToAsync(ActResult result)
    {
        result.End.ShouldBe(ActEnd.UnderWay, result.Say());
        return (await Shop.RowsAsync()).Single(row => row.Id == result.Deployment).Sha.Value;
    }

    public Task<List<EnvironmentLock>> LocksAsync() => house.ReadAsync(db => db.Locks.AsNoTracking()
        .Where(held => held.RepositoryId == Id).OrderBy(held => held.Id).ToListAsync(Stop));

    public Task<List<ActivityEntry>> ActivityAsync() => house.ReadAsync(db => db.Activity.AsNoTracking()
        .Where(entry => entry.RepositoryId == Id).OrderBy(entry => entry.Id).ToListAsync(Stop));

    /// <summary>Pushes a commit, which is deployed, and whoever deploys says that it succeeded.</summary>
    public async Task<string> GoLiveAsync(string message)
    {
        var sha = Shop.Push(message);
        await Shop.EventuallyAsync(sha, DeploymentState.Pending);
        return await SucceedAsync(sha);
    }

    public async Task<string> SucceedAsync(string sha)
    {
        Shop.Report(sha, "success");
        await Shop.SettleAsync();
        return sha;
    }
}
