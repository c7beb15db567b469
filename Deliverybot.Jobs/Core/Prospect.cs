using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;

namespace Deliverybot.Jobs.Core;

/// <summary>Who would deploy which commit.</summary>
internal sealed record ProspectQuestion
{
    public required Repository Repository { get; init; }

    public required CommitSha Sha { get; init; }

    /// <summary>The branch or tag that it is looked at on; null where only the commit is named.</summary>
    public required GitRef? Ref { get; init; }

    public required GitHubUser By { get; init; }

    public PullRequestNumber? PullRequest { get; init; }

    /// <summary>Whether it would be forced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether only what the gates say is asked for: what it would change there costs calls.</summary>
    public bool GatesAlone { get; init; }
}

/// <summary>How a commit stands to what its environment runs, or will run: what a deployment of it would change there.</summary>
/// <param name="Sentence">Worth to be known before it is deployed; empty where it only goes on.</param>
internal sealed record Bearing(BearingKind Kind, Sentence Sentence)
{
    /// <summary>The same of a commit that isn't deployed there now, for something stands in the way; empty where it only goes on.</summary>
    public Sentence Meanwhile { get; private init; } = Sentence;

    public static Bearing Onward { get; } = new(BearingKind.Onward, Sentence.Empty);

    public static Bearing Live(CommitSha sha, EnvironmentName environment) => new(BearingKind.Live, $"{sha.Short} is live in {environment} already: it is deployed once more.")
    {
        Meanwhile = $"{sha.Short} is live in {environment} already.",
    };

    public static Bearing OnItsWay(CommitSha sha, EnvironmentName environment) =>
        new(BearingKind.OnItsWay, $"{sha.Short} is on its way to {environment} already: it is deployed once more.")
        {
            Meanwhile = $"{sha.Short} is on its way to {environment} already.",
        };

    /// <param name="since">When it was heard of last.</param>
    public static Bearing Unheard(CommitSha sha, EnvironmentName environment, DateTimeOffset since) => new(
        BearingKind.OnItsWay, $"{sha.Short} was sent to {environment} already, and nothing has been heard of it since {StateWords.Time(since)}: it is deployed once more.");

    /// <param name="behind">How many commits of the live one it lacks.</param>
    public static Bearing Older(CommitSha sha, CommitSha live, EnvironmentName environment, int behind) => new(
        BearingKind.Older,
        $"{sha.Short} is older than {live.Short}, which is live in {environment}: {behind} {(behind == 1 ? "commit leaves" : "commits leave")} it.");
}

internal enum BearingKind
{
    /// <summary>It is newer than what is there, or beside it, or nothing is.</summary>
    Onward,
    Live,
    OnItsWay,
    Older,
}

/// <summary>What a target would do.</summary>
/// <param name="Environment">Where it would go; the template itself where that can't be filled in.</param>
/// <param name="Decision">What each gate would say; none is asked where a template can't be filled in.</param>
internal sealed record Prospect(Target Target, EnvironmentName Environment, GateVerdicts Decision)
{
    /// <summary>Why its templates can't be filled in: it would be denied before any gate is asked.</summary>
    public string? Fault { get; private init; }

    /// <summary>Whether <c>force</c> would pass the gate that stops it.</summary>
    public bool YieldsToForce { get; init; }

    /// <summary>Whether a request may wait for what stops it.</summary>
    public bool LetsWait { get; init; }

    /// <summary>How the commit stands to what is there; of what only an event would bring, nothing is known.</summary>
    public Bearing Bearing { get; init; } = Bearing.Onward;

    /// <summary>What would become of the hold that a rollback has left; empty where there is none.</summary>
    public Sentence Hold { get; init; } = Sentence.Empty;

    /// <param name="lookedAt">What the commit was looked at on; null where it was only named.</param>
    public static string NoPullRequest(Target target, GitRef? lookedAt) =>
        $"{target.Name} goes by pull requests, and {lookedAt?.ShortName ?? "the commit"} has none that is open.";

    public static Prospect Impossible(Target target, string fault) =>
        new(target, new EnvironmentName(target.Environment.Text), new GateVerdicts([], Until: null)) { Fault = fault };
}

/// <summary>Something that could happen, with a commit that nobody has seen yet.</summary>
internal sealed record RehearsalEvent
{
    /// <summary>Stands for the commit that the event would bring, as in the documentation.</summary>
    public static readonly CommitSha NewCommit = CommitSha.Parse("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");

    private readonly Predicate<AutoDeployRule> _isMeantBy;

    private RehearsalEvent(DeploymentCause cause, GitRef gitRef, Predicate<AutoDeployRule> isMeantBy) => (Cause, Ref, _isMeantBy) = (cause, gitRef, isMeantBy);

    public DeploymentCause Cause { get; }

    public GitRef Ref { get; }

    public PullRequestNumber? PullRequest { get; private init; }

    /// <summary>A branch or tag is pushed.</summary>
    public static RehearsalEvent Push(GitRef pushed) => new(DeploymentCause.Push, pushed, rule => rule.Matches(pushed));

    /// <summary>A pull request from a branch of the repository is opened, or gets commits.</summary>
    public static RehearsalEvent Opened(PullRequestNumber number, GitRef branch) =>
        new(DeploymentCause.PullRequest, branch, rule => rule is AutoDeployRule.PullRequest) { PullRequest = number };

    /// <summary>A release of a tag is published.</summary>
    public static RehearsalEvent Release(GitRef tag) => new(DeploymentCause.Release, tag, rule => rule is AutoDeployRule.Release);

    /// <summary>The rule by which a target wants the event; null if none does.</summary>
    public AutoDeployRule? RuleOf(Target target) => target.AutoDeployOn.FirstOrDefault(rule => _isMeantBy(rule));
}

/// <summary>What would become of an event at one target.</summary>
/// <param name="Wanted">Null where the target doesn't follow such an event.</param>
internal sealed record Rehearsed(RehearsalEvent Event, Target Target, Rehearsed.ByRule? Wanted)
{
    /// <summary>It isn't followed because the branch is GitHub's merge queue's, which only a pattern that names it follows.</summary>
    public bool IsOfMergeQueue => Wanted is null && Event is { Cause: DeploymentCause.Push, Ref.IsOfMergeQueue: true };

    /// <param name="Rule">Why the target wants it.</param>
    /// <param name="Prospect">What would come of it.</param>
    /// <param name="NeedsGitHub">Whether something of it can only be filled in with the real commit or pull request.</param>
    internal sealed record ByRule(AutoDeployRule Rule, Prospect Prospect, bool NeedsGitHub);
}
