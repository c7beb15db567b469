using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;

namespace Deliverybot.Jobs.Core;

/// <summary>
/// What each target would do now, if a person asked: the gates are asked as they would be then, and nothing is written or created.
/// Checks, of which GitHub is the judge only when it creates a deployment, are read once for all targets that require some.
/// </summary>
internal sealed class Prospects(GateFactsReader factsReader, AllGates gates, TimeProvider time)
{
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<IReadOnlyList<Prospect>> ReadAsync(
        ProspectQuestion question, DeployTargets targets, RepositoryClient github, CancellationToken cancellationToken)
    {
        var checks = targets.All.Any(target => target.RequiredContexts is [_, ..])
            ? new Checked(
                await github.CommitStatuses.ListAsync(question.Sha, cancellationToken), await github.Checks.ListAsync(question.Sha, cancellationToken))
            : new Checked([], []);
        var prospects = new List<Prospect>(targets.All.Length);
        foreach (var target in targets.All)
        {
            prospects.Add(await ReadAsync(question, target, checks, github, cancellationToken));
        }

        return prospects;
    }

    private async Task<Prospect> ReadAsync(
        ProspectQuestion question, Target target, Checked checks, RepositoryClient github, CancellationToken cancellationToken)
    {
        switch (await WishRenderer.RenderAsync(WishOf(question, target), github, cancellationToken))
        {
            case RenderedWish.Broken(var reason):
                return new Prospect.Impossible(target, reason);
            case RenderedWish.Whole whole:
                var facts = await factsReader.ReadAsync(RowOf(question, target, whole.Environment), target, cancellationToken);
                var decision = gates.Decide(facts with { Checks = RequiredContexts.Judge(target.RequiredContexts, checks.Statuses, checks.Runs) });
                return decision.Stopped is { } stopped
                    ? new Prospect.Held(target, whole.Environment, stopped, gates.YieldsToForce(stopped.Gate))
                    : new Prospect.Ready(target, whole.Environment, IsHeld: facts.Hold is not null);
            case var other:
                throw new InvalidOperationException($"No prospect for {other}.");
        }
    }

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
    };

    /// <summary>It is never added to the context: the gates only look at it.</summary>
    private Deployment RowOf(ProspectQuestion question, Target target, EnvironmentName environment) => new()
    {
        RepositoryId = question.Repository.Id,
        Target = target.Name,
        Environment = environment,
        Ref = question.Ref,
        Sha = question.Sha,
        PullRequest = question.PullRequest,
        Task = target.Task,
        Origin = DeploymentOrigin.Person(DeploymentAct.Deploy, DeploymentVia.Web),
        RequestedBy = question.By,
        State = DeploymentState.Waiting,
        CreatedAt = time.GetUtcNow(),
    };

    private sealed record Checked(IReadOnlyList<CommitStatus> Statuses, IReadOnlyList<CheckRun> Runs);
}
