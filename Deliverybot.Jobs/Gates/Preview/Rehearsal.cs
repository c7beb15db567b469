using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.Gates.Preview;

/// <summary>
/// Says what a <c>deploy.yml</c> would make of an event: by the same rules, templates and gates as the event itself, on what the
/// environments hold right now. Nothing is written and nobody is asked.
/// </summary>
internal sealed class Rehearsal(AllGates gates, GateFactsReader facts)
{
    /// <summary>Nothing that is there already comes later than what has only been thought of.</summary>
    private static readonly DeploymentId AfterAll = new(long.MaxValue);

    public async Task<IReadOnlyList<Rehearsed>> RunAsync(
        RepositoryId id, RepositoryName repository, DeployTargets targets, RehearsalEvent happens, GitHubUser by, CancellationToken cancellationToken)
    {
        var rehearsed = new List<Rehearsed>(targets.All.Length);
        foreach (var target in targets.All)
        {
            var wish = WishOf(repository, target, happens, by);
            rehearsed.Add(wish is Thought.Of thought
                ? Decide(thought, await facts.ReadAsync(id, thought.Wish, cancellationToken))
                : ((Thought.None)wish).Answer);
        }

        return rehearsed;
    }

    /// <summary>What the gates say of the facts, if the event brings a new commit whose checks have only just begun.</summary>
    private Rehearsed.Decided Decide(Thought.Of thought, GateFacts read)
    {
        var wish = thought.Wish;
        var now = read with
        {
            Head = wish.Ref is { IsBranch: true } ? new HeadFacts(wish.Sha) : null,
            Newer = null,
            Checks = new ChecksFacts([.. wish.Target.RequiredContexts.Select(context => new UnmetCheck(context, "expected"))]),
        };
        return new Rehearsed.Decided(wish.Target, thought.Rule, wish.Environment, thought.NeedsGitHub, gates.Decide(now));
    }

    public static Thought WishOf(RepositoryName repository, Target target, RehearsalEvent happens, GitHubUser by)
    {
        if (happens.RuleOf(target) is not { } rule)
        {
            return new Thought.None(new Rehearsed.Unwanted(target, happens is RehearsalEvent.Push { Ref.IsOfMergeQueue: true }));
        }

        var values = new TemplateValues(repository, target.Name, happens.Ref, RehearsalEvent.NewCommit)
        {
            PullRequestNumber = (happens as RehearsalEvent.PullRequest)?.Number,
        };
        var needsGitHub = target.NeedsCommit || (target.NeedsPullRequest && values.PullRequestNumber is not null);
        return (needsGitHub ? null : FaultIn(target, values)) is { } fault
            ? new Thought.None(new Rehearsed.Broken(target, rule, fault))
            : new Thought.Of(
                new WishFacts(
                    AfterAll, target, EnvironmentOf(target, values), happens.Ref, RehearsalEvent.NewCommit, target.Task, DeploymentOrigin.Event(happens.Cause), by, Force: false),
                rule,
                needsGitHub);
    }

    private static EnvironmentName EnvironmentOf(Target target, TemplateValues values) =>
        !target.Environment.NeedsCommit && !target.Environment.NeedsPullRequest
            && target.RenderEnvironment(values) is TemplateResult.Rendered rendered
            ? new EnvironmentName(rendered.Text)
            : new EnvironmentName(target.Environment.Text);

    private static string? FaultIn(Target target, TemplateValues values) =>
        (target.RenderEnvironment(values), target.RenderDescription(values), target.RenderPayload(values)) switch
        {
            (TemplateResult.Unrendered environment, _, _) => environment.Message,
            (_, TemplateResult.Unrendered description, _) => description.Message,
            (_, _, PayloadResult.Unrendered payload) => payload.Message,
            _ => null,
        };
}
