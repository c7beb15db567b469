using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>An environment: what it runs, what comes, and what stands in the way.</summary>
internal sealed record EnvironmentRow
{
    private const int MostShown = 10;

    public required EnvironmentName Environment { get; init; }

    /// <summary>The targets of <c>deploy.yml</c> that deploy to it.</summary>
    public required IReadOnlyList<TargetName> Targets { get; init; }

    /// <summary>The environments right before it in the pipeline that run something.</summary>
    public required IReadOnlyList<EnvironmentName> Before { get; init; }

    /// <summary>Whether no target of the file deploys to it any more.</summary>
    public required bool IsForsaken { get; init; }

    /// <summary>Whether it belongs to a pull request and goes with that.</summary>
    public required bool IsPreview { get; init; }

    /// <summary>Why it takes no deployments now, by the clock; empty where it does.</summary>
    public IReadOnlyList<ClosedView> Closed { get; init; } = [];

    public LiveView? Live { get; init; }

    /// <summary>The last attempt that has ended, where it failed after what is live.</summary>
    public WayView? Failed { get; init; }

    /// <summary>The newest attempt, where nobody approved it.</summary>
    public WayView? Unapproved { get; init; }

    /// <summary>Oldest first; with those that are silent, which may never come.</summary>
    public required IReadOnlyList<WayView> OnItsWay { get; init; }

    /// <summary>Something is on its way there, as far as anybody can tell.</summary>
    [JsonIgnore]
    public bool IsBusy => OnItsWay.Any(way => way is { SilentSince: null, AwaitsApproval: false });

    [JsonIgnore]
    public IEnumerable<WayView> ToApprove => OnItsWay.Where(way => way.AwaitsApproval);

    [JsonIgnore]
    public IEnumerable<WayView> Silent => OnItsWay.Where(way => way.SilentSince is not null);

    /// <summary>What waits, in the order in which it goes out.</summary>
    public required IReadOnlyList<WayView> Waiting { get; init; }

    /// <summary>What of all this is shown: what waits far behind is on the page of deployments.</summary>
    [JsonIgnore]
    public IEnumerable<WayView> WayShown => OnItsWay.Concat(Waiting).Take(MostShown);

    [JsonIgnore]
    public int WayLeftOff => Math.Max(0, OnItsWay.Count + Waiting.Count - MostShown);

    public HeldView? Lock { get; init; }

    public HeldView? Hold { get; init; }

    /// <summary>What unlocking ends there, and whose.</summary>
    [JsonIgnore]
    public string Kept => string.Join(" and ", new[] { Lock is { } held ? $"{held.Holder}’s lock" : "", Hold is { } hold ? $"{hold.Holder}’s hold" : "" }.Where(text => text.Length > 0));

    /// <summary>What a rollback is to be asked for: the target, or the environment where that isn't one target's alone.</summary>
    public string? RollbackPlace { get; init; }

    [JsonIgnore]
    public string Id => Address.EnvironmentAnchor(Environment);

    /// <summary>Another one for another row.</summary>
    [JsonIgnore]
    public string Stamp => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)))[..16];

    /// <summary>The one thing to see from afar.</summary>
    [JsonIgnore]
    public Tone Tone => this switch
    {
        { Failed: not null } => Tone.Bad,
        { IsBusy: true } => Tone.Busy,
        { Lock: not null } or { Hold: not null } or { Waiting.Count: > 0 } or { OnItsWay.Count: > 0 } => Tone.Wait,
        { Live: not null } => Tone.Good,
        _ => Tone.Plain,
    };
}

/// <summary>What an environment runs.</summary>
/// <param name="Deployment">The deployment that brought it there.</param>
/// <param name="Headline">The first line of its message; null where GitHub doesn't have the commit any more.</param>
/// <param name="Told">What set it off, and who; of what was forced, past what.</param>
/// <param name="Since">When it last succeeded there.</param>
/// <param name="Url">Where it can be seen at work.</param>
/// <param name="PullRequest">The pull request that it belongs to.</param>
/// <param name="Branch">The branch it is measured against.</param>
/// <param name="Behind">How many commits of that branch it lacks; null where that can't be said.</param>
internal sealed record LiveView(
    DeploymentId Deployment,
    CommitSha Sha,
    string? Headline,
    string Told,
    DateTimeOffset Since,
    string? Url,
    PullRequestNumber? PullRequest,
    GitRef? Branch,
    int? Behind)
{
    /// <summary>Null where it can't be said, as for a preview.</summary>
    public string? BehindText => (Behind, Branch) switch
    {
        (0, { } branch) => $"up to date with {branch.ShortName}",
        ({ } commits, { } branch) => string.Create(CultureInfo.InvariantCulture, $"{commits} behind {branch.ShortName}"),
        _ => null,
    };
}

/// <summary>A deployment that waits for an environment, is on its way to it, or failed there.</summary>
/// <param name="Ref">The branch or tag that it was wished for.</param>
/// <param name="By">By whom; of what was forced, past what.</param>
/// <param name="MayCancel">Whether it has not gone out yet.</param>
/// <param name="AwaitsApproval">Whether GitHub lets it wait for an environment's reviewers.</param>
/// <param name="RunUrl">The run of whoever deploys it: where reviewers approve.</param>
/// <param name="IsUnheard">Whether nobody reports on it, in a repository in which nobody ever has.</param>
/// <param name="AwaitsPromotion">Whether somebody's word is among what it waits for.</param>
/// <param name="SilentSince">Since when nothing has been heard of it; null where it isn't silent.</param>
/// <param name="MayFail">Whether it is silent, and GitHub can be told that it has failed.</param>
/// <param name="Again">By what the same is deployed once more; null where nothing can be.</param>
/// <param name="Earlier">Where its commit failed, so that it waits until that has been deployed there again.</param>
internal sealed record WayView(
    DeploymentId Deployment,
    CommitSha Sha,
    GitRef? Ref,
    string? Headline,
    string By,
    StateView State,
    string? Reason,
    DateTimeOffset Since,
    bool MayCancel,
    bool AwaitsPromotion,
    bool AwaitsApproval,
    string? RunUrl,
    bool IsUnheard,
    DateTimeOffset? SilentSince,
    bool MayFail,
    AgainView? Again,
    AgainView? Earlier);

/// <summary>That an environment takes no deployments now, by the clock alone.</summary>
/// <param name="Opens">When it does again; null: nobody can say.</param>
internal sealed record ClosedView(bool IsFreeze, string Sentence, DateTimeOffset? Opens);

/// <summary>What keeps an environment as it is.</summary>
/// <param name="IsHold">Left by a rollback: stops events only.</param>
/// <param name="EndsAfter">Of a hold: what something must be newer than to end it.</param>
internal sealed record HeldView(bool IsHold, GitHubLogin Holder, string Reason, DateTimeOffset Since, DateTimeOffset? Until, PullRequestNumber? PullRequest, CommitSha? EndsAfter);
