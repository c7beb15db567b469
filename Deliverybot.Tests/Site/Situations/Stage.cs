using System.Text.RegularExpressions;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Cancelling;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.Core;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Jobs.Upkeep;
using Shouldly;
using Deployment = Deliverybot.Data.Deploying.Deployment;

namespace Deliverybot.Tests.Site.Situations;

/// <summary>Where one situation is played: a repository of its own, its commits in the order of their pushes, and what its people do.</summary>
internal sealed partial class Stage(House house, string deployFile)
{
    private readonly List<string> _commits = [];

    public ActDriver Acts { get; } = new(house, deployFile);

    public RepositoryDriver Shop => Acts.Shop;

    public Repository Repository => Shop.Repository;

    /// <summary>The pull request that the situation is about; null: one is opened only to ask in.</summary>
    public PullRequest? Pull { get; private set; }

    /// <summary>The branch that its commits are on.</summary>
    public string Branch { get; private set; } = "main";

    /// <summary>The commit that is asked about; the one before it, and so on, are the others.</summary>
    public string A => _commits[0];

    public string B => _commits[1];

    public string C => _commits[2];

    public async Task<string> PushAsync(string? branch = null)
    {
        Branch = branch ?? Branch;
        var sha = Shop.Push($"Commit {(char)('A' + _commits.Count)}", Branch);
        _commits.Add(sha);
        await Shop.SettleAsync();
        return sha;
    }

    /// <summary>Pushes and lets whoever deploys say how it goes; <c>success</c> where nothing else is said.</summary>
    public async Task GoAsync(string state = "success", string environment = "production", string description = "")
    {
        var sha = await PushAsync();
        await ReportAsync(sha, state, environment, description);
    }

    public async Task ReportAsync(string sha, string state, string environment = "production", string description = "")
    {
        var made = house.World.Read(_ => Repository.Deployments.Last(made => made.Environment == environment && made.Sha == sha));
        house.World.SetDeploymentStatus(Repository, made, state, description: description);
        await Shop.SettleAsync();
    }

    /// <summary>A commit of a pull request, which is its preview's.</summary>
    public async Task OpenPullRequestAsync()
    {
        Branch = "tea";
        _commits.Add(house.World.Push(Repository, "tea", house.Ada, "Commit A"));
        Pull = house.World.OpenPullRequest(Repository, "tea", house.Ada, "Sell tea");
        await Shop.SettleAsync();
    }

    public async Task ClosePullRequestAsync()
    {
        house.World.ClosePullRequest(Repository, Pull!, house.Ada);
        await Shop.SettleAsync();
    }

    /// <summary>Main is pushed by force to where it was at the first commit; the others are kept on a branch of their own.</summary>
    public async Task SetBackAsync()
    {
        Branch = "kept";
        house.World.SetBranch(Repository, Branch, _commits[^1], house.Ada);
        house.World.SetBranch(Repository, "main", A, house.Ada);
        await Shop.SettleAsync();
    }

    public async Task PushFileAsync(string? text)
    {
        house.World.Push(Repository, "main", house.Ada, "Change the rules", new Dictionary<string, string?> { [".github/deploy.yml"] = text });
        await Shop.SettleAsync();
    }

    public Task LockAsync(TimeSpan? span = null) => Acts.ActAsync<EnvironmentLocks>(
        ActDriver.Grace,
        (act, actor) => act.LockAsync(
            actor, new LockRequest { Environment = new EnvironmentName("production"), Reason = "stock-taking", For = span }, ActDriver.Stop));

    public async Task UnlockAsync()
    {
        await Acts.ActAsync<EnvironmentLocks>(ActDriver.Grace, (act, actor) => act.UnlockAsync(actor, new EnvironmentName("production"), seen: null, ActDriver.Stop));
        await Shop.SettleAsync();
    }

    public async Task RollBackAsync()
    {
        await Acts.ActAsync<EnvironmentRollbacks>(
            ActDriver.Ada, (act, actor) => act.RollBackAsync(actor, new RollbackRequest { Place = "production", Via = DeploymentVia.Web }, ActDriver.Stop));
        await Shop.SettleAsync();
    }

    public async Task CancelAsync(string sha)
    {
        var waiting = await Shop.RowAsync(sha);
        await CancelAsync(waiting.Id);
    }

    public async Task CancelAsync(DeploymentId waiting)
    {
        await Acts.ActAsync<Cancellations>(ActDriver.Ada, (act, actor) => act.CancelAsync(actor, waiting, ActDriver.Stop));
        await Shop.SettleAsync();
    }

    /// <summary>Awaits that a wish for a commit says so of what it waits for.</summary>
    public Task SaysAsync(string sha, string words) => house.EventuallyAsync(
        async () => (await Shop.RowsAsync()).Exists(row => row.Sha.Value == sha && row.Reason?.ToString().Contains(words, StringComparison.Ordinal) == true), $"{sha} says {words}");

    /// <summary>Ada deploys by the form of the page.</summary>
    public async Task DeployAsync(string sha, bool force = false, string target = "production")
    {
        using var ada = await house.SignInAsync("ada");
        using var answer = await ada.PostFormAsync(
            $"/{Acts.Name}/deploy", ("target", target), ("sha", sha), ("ref", Branch), ("force", force ? "true" : "false"));
        await Shop.SettleAsync();
    }

    /// <summary>Nobody has told of what is on its way for so long.</summary>
    public Task SilentForAsync(TimeSpan time) => house.ExecuteAsync(
        $"""
         update deployments set deployed_at = now() - interval '{time.TotalMinutes} minutes', status_at = now() - interval '{time.TotalMinutes} minutes'
         where repository_id = {Repository.Id} and state in ('Pending', 'InProgress')
         """);

    /// <summary>The newest wish that says how a commit stands in an environment; else the newest that came to nothing.</summary>
    public async Task<Deployment> RowAsync(string sha, string environment) => (await Shop.RowsAsync())
        .Where(row => row.Sha == new CommitSha(sha) && row.Environment == new EnvironmentName(environment))
        .OrderByDescending(row => CommitStanding.Rank(row.State, row.AwaitsApproval, row.DoesNotCount is null, row.Cause)).ThenBy(row => row.Id)
        .LastOrDefault().ShouldNotBeNull();

    /// <summary>Commits by the letters of their pushes, and each time as <c>TIME</c>.</summary>
    public string Plain(string text)
    {
        for (var index = 0; index < _commits.Count; index++)
        {
            text = text.Replace(_commits[index][..7], $"{(char)('A' + index)}", StringComparison.Ordinal);
        }

        return Time.Replace(Space.Replace(text, " ").Trim(), "TIME");
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d UTC")]
    private static partial Regex Time { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space { get; }
}
