using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;

namespace Deliverybot.Tests.Browser;

/// <summary>What the pictures show of our own: a quarter of a year of deployments, and a morning on which much goes on.</summary>
internal sealed class PicturePast(House house, PictureTown town)
{
    private const int Days = 90;
    private const string LockReason = "Stock-taking, nothing moves until it is done";
    private static readonly string[] People = ["ada", "grace", "linus", "margaret"];

    private readonly DateTimeOffset now = DateTimeOffset.UtcNow;
    private readonly RepositoryId api = new(town.Api.Id);
    private readonly List<Deployment> rows = [];

    public async Task PlantAsync()
    {
        var installation = new InstallationId(house.World.Installations.Single().Id);
        await house.WriteAsync(
        [
            new Installation { Id = installation, Account = new GitHubLogin("acme"), CreatedAt = now.AddDays(-Days) },
            .. town.Others.Append(town.Api).Select(repository => new Repository
            {
                Id = new RepositoryId(repository.Id),
                InstallationId = installation,
                Owner = "acme",
                Name = repository.Name,
                DefaultBranch = "main",
                HistoryReadAt = now,
            }),
        ]);
        PlantQuarter();
        PlantLastDays();
        await house.WriteAsync([.. rows.Where(row => row.RepositoryId == api).OrderBy(row => row.CreatedAt)]);
        await house.WriteAsync([.. town.Others.Select((repository, index) => Other(new RepositoryId(repository.Id), index))]);
        await house.WriteAsync([.. Locks(), .. Acts()]);
    }

    /// <summary>Commits of which GitHub isn't asked: only the metrics know them. It gets better over the time.</summary>
    private void PlantQuarter()
    {
        var chance = new Random(20);
        for (var day = Days; day > 6; day--)
        {
            var date = now.AddDays(-day);
            var deployed = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1 + chance.Next(2 + ((Days - day) / 22));
            for (var number = 0; number < deployed; number++)
            {
                var at = date.Date.AddHours(9 + (number * 2)).AddMinutes(chance.Next(60));
                var sha = $"{chance.NextInt64():x16}{chance.NextInt64():x16}00000000"[..40];
                var committed = new DateTimeOffset(at, TimeSpan.Zero).AddMinutes(-50 - chance.Next(160 + (day * 4)));
                foreach (var (environment, minutes) in new[] { ("dev", 4), ("staging", 21), ("production", 44) })
                {
                    var failed = chance.Next(100) < (environment == "production" ? 4 + (day / 8) : 5);
                    Add(sha, environment, failed ? DeploymentState.Failure : DeploymentState.Success, committed.AddMinutes(minutes + chance.Next(20)), by: People[chance.Next(4)], committed: committed);
                }
            }
        }
    }

    private void PlantLastDays()
    {
        for (var index = 18; index >= 0; index--)
        {
            var (sha, at) = (town.Commits[index], CommittedAt(index));
            Add(sha, "dev", index == 0 ? DeploymentState.InProgress : DeploymentState.Success, at.AddMinutes(2), by: By(index));
            if (index >= 4)
            {
                Add(sha, "staging", index == 8 ? DeploymentState.Failure : DeploymentState.Success, at.AddMinutes(14), by: By(index));
                Add(sha, "workers", DeploymentState.Success, at.AddMinutes(24), by: By(index));
            }

            if (index >= 6 && index != 8)
            {
                Add(sha, "production", DeploymentState.Success, at.AddMinutes(31), by: By(index));
            }
        }

        Add(town.Commits[3], "staging", DeploymentState.Success, CommittedAt(3).AddMinutes(15), by: By(3));
        Add(town.Commits[1], "staging", DeploymentState.Success, CommittedAt(1).AddMinutes(9), by: By(1));
        Add(town.Commits[3], "workers", DeploymentState.Failure, CommittedAt(3).AddMinutes(25), by: By(3), reason: "The queue’s schema is older than the worker expects: migration 0042 is missing.");
        Waits(0, "staging", GateNames.Checks, "Waiting for test (in progress), e2e (in progress).");
        foreach (var index in new[] { 5, 4, 3 })
        {
            Waits(index, "production", GateNames.Lock, $"production is locked by grace: {LockReason}.");
        }

        Add(town.Preview, "review/pr-128", DeploymentState.Success, now.AddHours(-2), by: "margaret", pull: 128);
    }

    private Deployment Add(
        string sha,
        string environment,
        DeploymentState state,
        DateTimeOffset at,
        string by,
        DateTimeOffset? committed = null,
        string? reason = null,
        int? pull = null)
    {
        var row = new Deployment
        {
            RepositoryId = api,
            Target = new TargetName(pull is null ? environment : "review"),
            Environment = new EnvironmentName(environment),
            Ref = GitRef.Branch(pull is null ? "main" : "gift-cards"),
            Sha = CommitSha.Parse(sha),
            CommittedAt = committed ?? at.AddMinutes(-26),
            PullRequest = pull is { } number ? new PullRequestNumber(number) : null,
            TransientEnvironment = pull is not null,
            ProductionEnvironment = environment == "production",
            Task = "deploy",
            Origin = DeploymentOrigin.Event(pull is null ? DeploymentCause.Push : DeploymentCause.PullRequest),
            RequestedBy = Somebody.Called(by),
            State = state,
            Reason = reason is null ? null : Sentence.Plain(reason),
            CreatedAt = at,
            UpdatedAt = at,
            Description = pull is null ? $"Deploy {sha[..7]} to {environment}" : "",
            Payload = $$"""{"target":"{{environment}}","region":"eu-central"}""",
        };
        row.Evaluations.Add(new Evaluation { At = at, Verdicts = Verdicts(row, stoppedBy: null) });
        if (state == DeploymentState.Waiting)
        {
            return row;
        }

        row.DeployedAt = at;
        row.GitHubId = new GitHubDeploymentId(1_900_000 + rows.Count);
        row.LogUrl = $"https://ci.example.com/runs/{4_200 + rows.Count}";
        row.EnvironmentUrl = environment == "dev" ? null : $"https://{environment.Replace('/', '-')}.example.com";
        row.Steps.Add(new DeploymentStep { State = DeploymentState.Pending, At = at });
        row.Steps.Add(new DeploymentStep { State = DeploymentState.InProgress, At = at.AddSeconds(9), LogUrl = row.LogUrl });
        if (state != DeploymentState.InProgress)
        {
            var ended = at.AddMinutes(4);
            row.Steps.Add(new DeploymentStep { State = state, At = ended, Description = reason, LogUrl = row.LogUrl });
            row.EndedAt = ended;
            row.SucceededAt = state == DeploymentState.Success ? ended : null;
        }

        rows.Add(row);
        return row;
    }

    private void Waits(int index, string environment, string gate, string reason)
    {
        var row = Add(town.Commits[index], environment, DeploymentState.Waiting, CommittedAt(index).AddMinutes(index == 0 ? 1 : 16), By(index), reason: reason);
        (row.Gate, row.LookAt) = (gate, now.AddDays(6));
        row.Evaluations.Clear();
        row.Evaluations.Add(new Evaluation { At = row.CreatedAt, Verdicts = Verdicts(row, gate) });
        rows.Add(row);
    }

    private static GateVerdict[] Verdicts(Deployment row, string? stoppedBy)
    {
        GateVerdict[] all =
        [
            new(GateNames.Freshness, GateOutcome.Pass, $"{row.Sha.Short} is the head of main."),
            new(GateNames.AlreadyThere, GateOutcome.Pass, $"{row.Sha.Short} is not in {row.Environment} yet."),
            new(GateNames.Lock, GateOutcome.Pass, $"{row.Environment} is not locked."),
            new(GateNames.After, GateOutcome.Pass, Sentence.Plain(row.Environment.Value == "dev" ? "It follows no other target." : $"{row.Sha.Short} succeeded at {(row.Environment.Value == "staging" ? "dev" : "staging")}.")),
            new(GateNames.Queue, GateOutcome.Pass, $"{row.Environment} is free."),
            new(GateNames.Checks, GateOutcome.Pass, Sentence.Plain(row.Environment.Value == "dev" ? "No checks are required." : "Required: build, test.")),
        ];
        var end = Array.FindIndex(all, verdict => verdict.Gate == stoppedBy);
        return end < 0 ? all : [.. all[..end], new GateVerdict(stoppedBy!, GateOutcome.Wait, row.Reason!)];
    }

    private static Deployment Other(RepositoryId repository, int index) => PageRows.Deployment(
        repository,
        $"{index}a7c04d5e1f8b2c9d3a6b7e8f9a0b1c2d3e4f5a6"[..40],
        index == 1 ? "site" : "production",
        index switch { 1 => DeploymentState.InProgress, 2 => DeploymentState.Failure, _ => DeploymentState.Success },
        by: People[index % 4],
        at: DateTimeOffset.UtcNow.AddMinutes(-(index * 190) - 3));

    private IEnumerable<object> Locks() =>
    [
        new EnvironmentLock
        {
            RepositoryId = api,
            Environment = new EnvironmentName("production"),
            Kind = LockKind.Lock,
            Holder = Somebody.Called("grace"),
            Reason = LockReason,
            Since = now.AddHours(-4),
            Until = now.AddHours(3),
        },
    ];

    private IEnumerable<object> Acts() =>
    [
        Act(29, "ada", ActivityKind.Deployed, "staging", 10, ""),
        Act(28.5, "linus", ActivityKind.Forced, "production", 10, "Went past Checks: e2e had failed."),
        Act(27, "margaret", ActivityKind.RolledBack, "production", 11, "Back to what was live before."),
        Act(26.4, "linus", ActivityKind.Unlocked, "production", null, "Hold ended."),
        Act(22, "grace", ActivityKind.Promoted, null, 6, ""),
        Act(6, "ada", ActivityKind.Cancelled, "workers", 5, ""),
        Act(4, "grace", ActivityKind.Locked, "production", null, LockReason),
        Act(1.2, "margaret", ActivityKind.Deployed, "review/pr-128", null, ""),
        Act(0.6, "ada", ActivityKind.Deployed, "staging", 1, ""),
    ];

    private ActivityEntry Act(double hoursAgo, string who, ActivityKind act, string? environment, int? commit, string detail) => new()
    {
        RepositoryId = api,
        At = now.AddHours(-hoursAgo),
        Actor = Somebody.Called(who),
        Act = act,
        Environment = environment is null ? null : new EnvironmentName(environment),
        Sha = commit is { } index ? CommitSha.Parse(town.Commits[index]) : null,
        Detail = Sentence.Plain(detail),
    };

    private DateTimeOffset CommittedAt(int index) => house.World.Read(_ => town.Api.Objects.Get(town.Commits[index]).Date);

    private string By(int index) => house.World.Read(_ => town.Api.Objects.Get(town.Commits[index]).Author.Login);
}
