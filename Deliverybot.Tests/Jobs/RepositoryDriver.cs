using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.Requests;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;
using Deployment = Deliverybot.Data.Deploying.Deployment;

namespace Deliverybot.Tests.Jobs;

/// <summary>One repository of the house: what its people do, and what Deliverybot makes of it.</summary>
internal sealed class RepositoryDriver(House house, string deployFile)
{
    public const string Contents = "GET /repos/{owner}/{repo}/contents/{**path}";
    public const string Create = "POST /repos/{owner}/{repo}/deployments";
    public const string WriteStatus = "POST /repos/{owner}/{repo}/statuses/{sha}";
    public const string ReadStatuses = "GET /repos/{owner}/{repo}/commits/{ref}/statuses";
    public const string ReadRuns = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
    public const string Query = "POST /api/graphql";
    public const string ReadRef = "GET /repos/{owner}/{repo}/git/ref/{**ref}";

    /// <summary>Whether the App is installed: asked once, when the first event of a repository comes.</summary>
    public const string ReadInstallation = "GET /repos/{owner}/{repo}/installation";

    private static readonly string[] Paths = [".github/deploy.yml"];

    public Repository Repository { get; } = house.CreateRepository(deployFile);

    public RepositoryId Id => new(Repository.Id);

    public GitHubWorld World => house.World;

    public IReadOnlyList<string> Calls => CallsAbout(house, Repository);

    /// <summary>The shas of the deployments at GitHub.</summary>
    public IReadOnlyList<string> Deployed => World.Read(_ => Repository.Deployments.Select(made => made.Sha).ToList());

    /// <summary>What GitHub has made, oldest first: <c>environment:sha</c>.</summary>
    public IReadOnlyList<string> Made => World.Read(_ => Repository.Deployments.Select(made => $"{made.Environment}:{made.Sha}").ToList());

    /// <summary>Every call about a repository so far, but for those that fetch tokens and the one of its first event.</summary>
    public static IReadOnlyList<string> CallsAbout(House house, Repository repository) =>
    [
        .. house.GitHub.Requests.All
            .Where(call => call.Path.Contains($"/{repository.Name}/", StringComparison.Ordinal)
                || call.Path.EndsWith($"/{repository.Name}", StringComparison.Ordinal)
                || (call.Caller == CallerKind.Installation && call.Asked == repository.FullName))
            .Select(call => $"{call.Method} {call.Route}")
            .Where(call => call != ReadInstallation),
    ];

    /// <summary>Calls about the repository whose route contains this.</summary>
    public int CallsTo(string route) => Calls.Count(call => call.Contains(route, StringComparison.Ordinal));

    public string Push(string message, string branch = "main") => World.Push(Repository, branch, house.Ada, message);

    public string PushDeployFile(string text, string branch = "main") =>
        World.Push(Repository, branch, house.Ada, "Change the rules", Paths.ToDictionary(path => path, string? (_) => text));

    public string RemoveDeployFile() =>
        World.Push(Repository, "main", house.Ada, "Remove the rules", Paths.ToDictionary(path => path, string? (_) => null));

    /// <summary>Sets a status as a person or another app does.</summary>
    public void SetStatus(string sha, string context, string state = "success") => World.SetStatus(Repository, sha, context, state, house.Ada);

    /// <summary>Reports on the newest deployment of a commit.</summary>
    public void Report(string sha, string state, string description = "") =>
        World.SetDeploymentStatus(Repository, World.Read(_ => Repository.Deployments.Last(made => made.Sha == sha)), state, house.Ada, description);

    /// <summary>Whoever deploys reports on the newest deployment of a commit to an environment, and all that follows from it is done.</summary>
    public async Task ReportAsync(string environment, string sha, string state)
    {
        World.SetDeploymentStatus(
            Repository, World.Read(_ => Repository.Deployments.Last(made => made.Environment == environment && made.Sha == sha)), state);
        await SettleAsync();
    }

    /// <summary>A check of a commit turns good, and all that follows from it is done.</summary>
    public async Task PassAsync(string sha, string context)
    {
        SetStatus(sha, context);
        await SettleAsync();
    }

    /// <summary>All statuses ever written for a commit and context, oldest first, as <c>state: description</c>.</summary>
    public IReadOnlyList<string> StatusesOf(string sha, string context) => World.Read(_ => Repository.Statuses
        .Where(status => status.Sha == sha && status.Context == context)
        .Select(status => $"{status.State}: {status.Description}")
        .ToList());

    /// <summary>Awaits that every event, also those that the answer to another caused, has been dealt with.</summary>
    public async Task SettleAsync()
    {
        int seen;
        do
        {
            seen = World.Webhooks.Deliveries.Count;
            await World.Webhooks.WaitUntilDeliveredAsync(TestContext.Current.CancellationToken);
            await house.EventuallyAsync(
                () => house.ReadAsync(async db => !await db.WebhookDeliveries.AnyAsync(row => row.RepositoryId == Id && row.ProcessedAt == null)),
                "all events are processed");
        }
        while (World.Webhooks.Deliveries.Count != seen);
    }

    public Task<List<Deployment>> RowsAsync() => house.ReadAsync(db => db.Deployments.AsNoTracking()
        .Where(row => row.RepositoryId == Id).OrderBy(row => row.Id).ToListAsync());

    /// <summary>The newest wish for a commit.</summary>
    public async Task<Deployment> RowAsync(string sha) =>
        (await RowsAsync()).LastOrDefault(row => row.Sha == new CommitSha(sha)).ShouldNotBeNull();

    /// <summary>Awaits the newest wish of a target for a commit to be as said.</summary>
    public async Task<Deployment> AwaitAsync(string target, string sha, DeploymentState state, string? gate = null)
    {
        Deployment? found = null;
        await house.EventuallyAsync(
            async () =>
            {
                found = (await RowsAsync()).FindLast(row => row.Target == new TargetName(target) && row.Sha == new CommitSha(sha));
                return found?.State == state && (gate is null || found.Gate == gate);
            },
            $"{target} {sha} is {state} {gate}");
        return found!;
    }

    public Task EventuallyAsync(string sha, DeploymentState state) => house.EventuallyAsync(
        async () => (await RowsAsync()).Exists(row => row.Sha == new CommitSha(sha) && row.State == state), $"{sha} is {state}");

    public async Task<Deployment> SettledAsync(string sha)
    {
        await SettleAsync();
        return await RowAsync(sha);
    }

    /// <summary>Makes wishes and what is known of branches older.</summary>
    public async Task AgeAsync(TimeSpan by)
    {
        await using var command = house.Database.Source.CreateCommand(
            """
            with aged as (update deployments set created_at = created_at - $1 where repository_id = $2)
            update ref_heads set seen_at = seen_at - $1 where repository_id = $2
            """);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = by });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Repository.Id });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
