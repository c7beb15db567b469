using Deliverybot.Data.Deploying;
using Deliverybot.Data.Gates;
using Deliverybot.Data.Names;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>One deployment with all that happened to it.</summary>
/// <param name="Steps">Each change of its state, the newest first.</param>
/// <param name="Decision">What each gate said last; null where no gate was asked.</param>
/// <param name="EarlierDecisions">What they said before, the newest first.</param>
/// <param name="Why">Why it stands as it does.</param>
/// <param name="SilentSince">Since when nothing has been heard of it; null where it isn't silent.</param>
/// <param name="BackTo">What a rollback went back to.</param>
/// <param name="IsUnheard">Whether nobody reports on it, in a repository in which nobody ever has.</param>
/// <param name="TakenBy">The rollback that took it away; null where none did.</param>
/// <param name="Next">What can be done about it.</param>
/// <param name="Again">What came of deploying the same once more; null where nobody has.</param>
/// <param name="GoneOnBy">Who let it go on.</param>
internal sealed record DeploymentStory(
    Deployment Deployment,
    StateView State,
    IReadOnlyList<DeploymentStep> Steps,
    Evaluation? Decision,
    IReadOnlyList<Evaluation> EarlierDecisions,
    Sentence? Why,
    DateTimeOffset? SilentSince,
    Deployment? BackTo,
    bool IsUnheard,
    Deployment? TakenBy,
    NextView Next,
    LaterAttempt? Again,
    IReadOnlyList<GoAhead> GoneOnBy)
{
    /// <summary>What its timeline shows, the newest first.</summary>
    public IReadOnlyList<StoryMoment> Moments { get; } =
    [
        .. Steps.Select(step => (Step: step, Look: StateView.Of(step, Deployment)))
            .Select(found => new StoryMoment(found.Step.At, found.Look, found.Look.Label, StepWords.Of(found.Step, Deployment), found.Step.LogUrl, LeadsTo: null))
            .Reverse()
            .Concat(GoneOnBy.Select(act => new StoryMoment(act.At, act.Look, act.Look.Label, act.Detail, LogUrl: null, LeadsTo: null)))
            .Concat(TimelineEnd.Of(Deployment, TakenBy).Select(end => new StoryMoment(end.At, end.Look, end.What, end.Detail, LogUrl: null, end.LeadsTo)))
            .OrderBy(moment => moment.At)
            .Reverse(),
    ];

    /// <summary>What stands above all else: why it waits, or came to nothing good; null where it did well, or is under way.</summary>
    public Sentence? Banner =>
        Deployment is { HasFailed: true, AwaitsApproval: false } && Why is null or { IsEmpty: true }
            ? (Sentence)$"It could not be deployed to {Deployment.Environment}. Whoever carried it out didn't say why."
            : Deployment.State.IsUndeployed() || State.Tone is Tone.Wait or Tone.Bad ? Why : null;

    /// <summary>How long it took; null where it never began, or hasn't ended.</summary>
    public string? Took => Figures.Took(Deployment.DeployedAt, Deployment.FirstSucceededAt ?? Deployment.SucceededAt ?? Deployment.EndedAt);

    /// <summary>When it counts as silent, if nothing is heard of it until then; null where it isn't under way, or is silent already.</summary>
    public DateTimeOffset? SilentFrom => Deployment.State.IsActive() && SilentSince is null ? Deployment.SilentFrom() : null;

    /// <summary>By what a rollback goes back to it; null where none can.</summary>
    public BackView? Back => BackView.Of(
        Deployment.Id, Deployment.Target, Deployment.State, State.Page == PageState.Live, Deployment.SucceededAt is not null,
        Deployment.TransientEnvironment || Deployment.GoneAt is not null, Deployment.DoesNotCount is null);

    /// <summary>What was sent to GitHub, as people read it; null where nothing was.</summary>
    public string? Payload => PrettyJson.Of(Deployment.Payload);
}

/// <summary>The last time that somebody wished for what another deployment hadn't brought about.</summary>
internal sealed record LaterAttempt(DeploymentId Id, GitHubLogin By, DateTimeOffset At, StateView State);

/// <summary>A line of a deployment's timeline.</summary>
/// <param name="LeadsTo">The other deployment that it is about.</param>
internal sealed record StoryMoment(DateTimeOffset At, StateView Look, string What, Sentence Detail, string? LogUrl, DeploymentId? LeadsTo);
