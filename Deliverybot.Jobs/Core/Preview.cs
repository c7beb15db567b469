using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Rights;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// Says what each target would do, by the same rules, templates and gates as if it were so, on what the environments hold right now.
/// Nothing is written or created.
/// </summary>
internal sealed class Preview(GateFactsReader factsReader, AllGates gates, HoldForecast holds, PersonRights rights)
{
    /// <summary>Nothing that is there already comes later than what has only been thought of.</summary>
    private static readonly DeploymentId AfterAll = new(long.MaxValue);

    /// <summary>
    /// If a person asked. Checks, of which GitHub is the judge only when it creates a deployment, are read once for all targets that require
    /// some.
    /// </summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<IReadOnlyList<Prospect>> OfPersonAsync(
        ProspectQuestion question, DeployTargets targets, RepositoryClient github, CancellationToken cancellationToken)
    {
        var checks = await CheckedAsync(question, targets.All, github, cancellationToken);
        var compared = new Dictionary<CommitSha, CommitComparison?>();
        var prospects = new List<Prospect>(targets.All.Length);
        foreach (var target in EnvironmentOrder.Sort(targets))
        {
            prospects.Add(await OfPersonAsync(question, target, checks, compared, github, cancellationToken));
        }

        return prospects;
    }

    /// <summary>The same of one target.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<Prospect> OfPersonAsync(ProspectQuestion question, Target target, RepositoryClient github, CancellationToken cancellationToken) =>
        await OfPersonAsync(
            question,
            target,
            await CheckedAsync(question, [target], github, cancellationToken),
            new Dictionary<CommitSha, CommitComparison?>(),
            github,
            cancellationToken);

    /// <summary>How a commit that a person is about to deploy stands to what is there.</summary>
    /// <param name="isHead">It is the newest of its branch: GitHub isn't asked whether something newer is live.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<Bearing> BearingAsync(NewWish wish, EnvironmentName environment, bool isHead, RepositoryClient github, CancellationToken cancellationToken)
    {
        var facts = await factsReader.ReadAsync(wish.RepositoryId, FactsOf(wish, environment), cancellationToken);
        return isHead && facts.Live?.Sha != wish.Sha && facts.Coming?.Sha != wish.Sha
            ? Bearing.Onward
            : await BearingOfAsync(facts, new Dictionary<CommitSha, CommitComparison?>(), github, cancellationToken);
    }

    /// <summary>If an event brought a new commit, on whose checks nobody has reported yet. GitHub is not asked.</summary>
    /// <param name="at">When it would happen, as far as gates go by the clock; null: now.</param>
    public async Task<IReadOnlyList<Rehearsed>> OfEventAsync(
        RepositoryId id, RepositoryName repository, DeployTargets targets, RehearsalEvent happens, GitHubUser by, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var rehearsed = new List<Rehearsed>(targets.All.Length);
        foreach (var target in EnvironmentOrder.Sort(targets))
        {
            rehearsed.Add(happens.RuleOf(target) is { } rule
                ? await OfEventAsync(id, repository, target, rule, happens, by, at, cancellationToken)
                : new Rehearsed(happens, target, Wanted: null));
        }

        return rehearsed;
    }

    private static async Task<Checked> CheckedAsync(
        ProspectQuestion question, IEnumerable<Target> targets, RepositoryClient github, CancellationToken cancellationToken) =>
        targets.Any(target => target.RequiredContexts is [_, ..])
            ? new Checked(
                await github.CommitStatuses.ListAsync(question.Sha, cancellationToken), await github.Checks.ListAsync(question.Sha, cancellationToken))
            : new Checked([], []);

    private async Task<Prospect> OfPersonAsync(
        ProspectQuestion question,
        Target target,
        Checked checks,
        Dictionary<CommitSha, CommitComparison?> compared,
        RepositoryClient github,
        CancellationToken cancellationToken)
    {
        if (target.NamesPullRequest && question.PullRequest is null)
        {
            return Prospect.Impossible(target, Prospect.NoPullRequest(target, question.Ref));
        }

        var wish = WishOf(question, target);
        var rendered = await WishRenderer.RenderAsync(wish, github, cancellationToken);
        return await rendered.Match(
            async whole =>
            {
                var facts = await factsReader.ReadAsync(wish.RepositoryId, FactsOf(wish, whole.Environment), cancellationToken);
                var asked = await rights.AddAsync(facts, wish.RepositoryId, forLooking: true, cancellationToken);
                var decided = Decide(asked with { Checks = RequiredContexts.Judge(target.RequiredContexts, checks.Statuses, checks.Runs) });
                if (question.GatesAlone)
                {
                    return decided;
                }

                var prospect = decided with
                {
                    Bearing = await BearingOfAsync(facts, compared, github, cancellationToken),
                };
                return facts.Hold is { } hold
                    ? prospect with { Hold = await holds.OfAsync(wish.RepositoryId, whole.Environment, hold, target.Name, wish.Sha, github, cancellationToken) }
                    : prospect;
            },
            reason => Task.FromResult(Prospect.Impossible(target, reason)));
    }

    /// <param name="compared">With what is live elsewhere, so that GitHub is asked once for each commit.</param>
    private static async Task<Bearing> BearingOfAsync(
        GateFacts facts, Dictionary<CommitSha, CommitComparison?> compared, RepositoryClient github, CancellationToken cancellationToken)
    {
        var (sha, environment) = (facts.Wish.Sha, facts.Wish.Environment);
        if (facts.Coming is { } coming && coming.Sha == sha)
        {
            return coming.Silent ? Bearing.Unheard(sha, environment, coming.HeardAt) : Bearing.OnItsWay(sha, environment);
        }

        if (facts.Live is not { Sha: var live })
        {
            return Bearing.Onward;
        }

        if (live == sha)
        {
            return Bearing.Live(sha, environment);
        }

        if (!compared.TryGetValue(live, out var comparison))
        {
            compared[live] = comparison = await CompareAsync(live, sha, github, cancellationToken);
        }

        return comparison is { Status: ComparisonStatus.Behind, BehindBy: var behind } ? Bearing.Older(sha, live, environment, behind) : Bearing.Onward;
    }

    /// <returns>Null where GitHub doesn't say.</returns>
    private static async Task<CommitComparison?> CompareAsync(CommitSha live, CommitSha sha, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            return await github.Commits.CompareAsync(live, sha, cancellationToken);
        }
        catch (GitHubRefusedException)
        {
            return null;
        }
    }

    private async Task<Rehearsed> OfEventAsync(
        RepositoryId id, RepositoryName repository, Target target, AutoDeployRule rule, RehearsalEvent happens, GitHubUser by, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var values = new TemplateValues(repository, target.Name, happens.Ref, RehearsalEvent.NewCommit) { PullRequestNumber = happens.PullRequest };
        var needsGitHub = target.NeedsCommit || (target.NeedsPullRequest && happens.PullRequest is not null);
        if (!needsGitHub && WishRenderer.Render(target, values) is RenderedWish.Broken { Reason: var reason })
        {
            return new Rehearsed(happens, target, new Rehearsed.ByRule(rule, Prospect.Impossible(target, reason), needsGitHub));
        }

        var wish = new WishFacts(
            AfterAll, target, EnvironmentOf(target, values), happens.Ref, RehearsalEvent.NewCommit, target.Task, DeploymentOrigin.Event(happens.Cause), by, Force: false);
        var read = await factsReader.ReadAsync(id, wish, cancellationToken);
        return new Rehearsed(happens, target, new Rehearsed.ByRule(rule, Decide(NewlyPushed(read) with { Now = at ?? read.Now }), needsGitHub));
    }

    /// <summary>The facts, if the commit is new and nobody has reported on its checks yet.</summary>
    private static GateFacts NewlyPushed(GateFacts read) => read with
    {
        Head = read.Wish.Ref is { IsBranch: true } ? new HeadFacts(read.Wish.Sha) : null,
        Newer = null,
        Checks = new ChecksFacts([.. read.Wish.Target.RequiredContexts.Select(context => new UnmetCheck(context, UnmetCheck.NoResult))]),
    };

    private Prospect Decide(GateFacts facts)
    {
        var decision = gates.Decide(facts);
        return new Prospect(facts.Wish.Target, facts.Wish.Environment, decision)
        {
            YieldsToForce = gates.YieldsToForce(decision.Stopped?.Gate),
            LetsWait = gates.LetsWait(decision.Stopped?.Gate, facts.Wish.Force),
        };
    }

    private static EnvironmentName EnvironmentOf(Target target, TemplateValues values) =>
        !target.Environment.NeedsCommit && !target.Environment.NeedsPullRequest
            && target.RenderEnvironment(values) is TemplateResult.Rendered rendered
            ? new EnvironmentName(rendered.Text)
            : new EnvironmentName(target.Environment.Text);

    private static NewWish WishOf(ProspectQuestion question, Target target) => new()
    {
        RepositoryId = question.Repository.Id,
        Repository = question.Repository.FullName,
        Target = target,
        Ref = question.Ref,
        Sha = question.Sha,
        Origin = DeploymentOrigin.Person(DeploymentAct.Deploy, DeploymentVia.Web),
        RequestedBy = question.By,
        PullRequest = question.PullRequest,
        Force = question.Force,
    };

    private static WishFacts FactsOf(NewWish wish, EnvironmentName environment) => new(
        AfterAll, wish.Target, environment, wish.Ref, wish.Sha, wish.Target.Task, wish.Origin, wish.RequestedBy, wish.Force);

    private sealed record Checked(IReadOnlyList<CommitStatus> Statuses, IReadOnlyList<CheckRun> Runs);
}
