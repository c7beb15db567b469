using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core;

/// <summary>How a deployment stands, in words: the same on pages, in pull requests, in Slack and in commit statuses.</summary>
internal static class StateWords
{
    /// <summary>It failed, or GitHub wouldn't make it.</summary>
    public const string Failed = "could not be deployed to";

    /// <summary>It came to nothing before anything of it began.</summary>
    public const string NotDeployed = "was not deployed to";

    /// <summary>It succeeded, whatever became of it since.</summary>
    public const string Went = "was deployed to";

    /// <summary>It is under way, and nobody has said for so long how it goes that nobody counts on it any more.</summary>
    public const string Silent = "silent";

    /// <summary>GitHub has made it, and it has neither ended nor gone silent; what is said to have begun is <c>deploying</c>.</summary>
    public const string OnTheWay = "on its way";

    /// <summary>What became of what a rollback took away.</summary>
    public const string RolledBack = "rolled back";

    /// <summary>How what a rollback put there is said to have come about.</summary>
    public const string BroughtBack = "brought back";

    /// <summary>What is said before "by" of a rollback; null of anything else.</summary>
    public static string? OfRollback(Deployment deployment) => deployment.IsRollback() ? OfRollback(deployment.State) : null;

    /// <summary>It has brought something back only once it has succeeded.</summary>
    public static string OfRollback(DeploymentState state) => state is DeploymentState.Success or DeploymentState.Inactive ? BroughtBack : "rollback";

    /// <summary>In a word or two.</summary>
    /// <param name="awaitsApproval">Whether GitHub lets its job wait, or did to its end.</param>
    /// <param name="isSilent">Whether it is under way, and nobody counts on it any more (<see cref="SilentDeployments"/>).</param>
    public static string Label(DeploymentState state, bool awaitsApproval, bool isSilent) => isSilent ? Silent : state switch
    {
        DeploymentState.Pending when awaitsApproval => "waits for approval at GitHub",
        DeploymentState.Failure or DeploymentState.Error when awaitsApproval => "not approved",
        DeploymentState.Waiting => "waiting",
        DeploymentState.Creating => "starting",
        DeploymentState.Pending => OnTheWay,
        DeploymentState.InProgress => "deploying",
        DeploymentState.Success => "deployed",
        DeploymentState.Failure or DeploymentState.Error => "failed",
        DeploymentState.Inactive => "inactive",
        DeploymentState.Superseded => "superseded",
        DeploymentState.Denied => "denied",
        DeploymentState.Cancelled => "cancelled",
    };

    /// <summary>The same where it is known what the environment runs.</summary>
    /// <param name="wasThere">Whether it has ever succeeded: else it was no environment's previous deployment.</param>
    public static string Label(DeploymentState state, bool awaitsApproval, bool isSilent, bool isLive, bool wasThere) => state switch
    {
        DeploymentState.Success when isLive => "live",
        DeploymentState.Success => "previous",
        DeploymentState.Inactive when wasThere => "previous",
        _ => Label(state, awaitsApproval, isSilent),
    };

    /// <summary>What is said between the commit and its place: it <c>is on its way to</c> production.</summary>
    public static string Verb(Deployment deployment, DateTimeOffset now) => deployment.SilentSince(now) is not null ? "was sent to" : deployment.State switch
    {
        DeploymentState.Waiting => "waits for",
        DeploymentState.Pending when deployment.AwaitsApproval => "waits for approval at GitHub before it goes to",
        DeploymentState.Creating or DeploymentState.Pending => "is on its way to",
        DeploymentState.InProgress => "is being deployed to",
        DeploymentState.Success => Went,
        DeploymentState.Failure or DeploymentState.Error => Fault(deployment),
        DeploymentState.Inactive => deployment.SucceededAt is null ? NotDeployed : "is no longer in",
        DeploymentState.Superseded or DeploymentState.Denied or DeploymentState.Cancelled => NotDeployed,
    };

    /// <summary>The same of one that failed, whatever became of it since; what nobody approved never began, so that nothing of it has failed.</summary>
    public static string Fault(Deployment failed) => failed.State.CameToNothing(failed.AwaitsApproval) ? NotDeployed : Failed;

    /// <summary>
    /// Why a deployment stands as it does, for whoever reads it later. What a gate said when it ended a wish was true then: whatever it
    /// named may have gone since, so that the time is said with it. Of one that is silent nobody has said that.
    /// </summary>
    /// <param name="silentSince">Since when nothing has been heard of it; null where it isn't silent.</param>
    public static Sentence? Why(
        DeploymentState state, bool awaitsApproval, string? gate, Sentence? reason, DateTimeOffset? endedAt, DateTimeOffset? silentSince) =>
        silentSince is { } since ? SilentSince(awaitsApproval, since)
        : state is DeploymentState.Failure or DeploymentState.Error ? WhyFailed(awaitsApproval, reason)
        : state is DeploymentState.Denied or DeploymentState.Superseded && gate is not null && reason is { IsEmpty: false } && endedAt is { } at
            ? (Sentence)$"{(state is DeploymentState.Denied ? "Denied" : "Superseded")} on {Time(at)}: {reason}"
            : reason;

    public static Sentence? Why(Deployment deployment, DateTimeOffset now) => Why(
        deployment.State, deployment.AwaitsApproval, deployment.Gate, deployment.Reason, deployment.EndedAt, deployment.SilentSince(now));

    /// <summary>
    /// Why something failed, in the words of whoever carried it out. What nobody approved never began, whatever those call it; that somebody
    /// has marked it as failed is said all the same.
    /// </summary>
    public static Sentence? WhyFailed(bool awaitsApproval, Sentence? reason) => awaitsApproval && reason is not { NamesSomebody: true } ? NotApproved : reason;

    public static Sentence? WhyFailed(Deployment failed) => WhyFailed(failed.AwaitsApproval, failed.Reason);

    /// <summary>With the time as it is, never how long that is ago: a sentence that changed by itself would be told at each look.</summary>
    public static Sentence SilentSince(bool awaitsApproval, DateTimeOffset since) => awaitsApproval
        ? (Sentence)$"Nobody has approved it at GitHub since {Time(since)}."
        : (Sentence)$"Nothing has been heard of it since {Time(since)}.";

    /// <summary>What can be done about one that is silent, where its page is linked beside it.</summary>
    public static Sentence SilentStep(Deployment silent, DateTimeOffset now) => Sentence.Plain(
        (silent.MayBeMarkedFailed(now), silent.Target.Value.Length > 0) switch
        {
            (true, true) => "On its page it can be marked as failed, or deployed again.",
            (true, false) => "On its page it can be marked as failed.",
            (false, true) => "On its page it can be deployed again.",
            (false, false) => "Its page has all that is known of it.",
        });

    /// <summary>Who had it deployed: <c>by ada</c>, <c>forced by ada past ci (pending)</c>.</summary>
    /// <param name="past">What it was forced past (<see cref="ForcedPast"/>); empty where nothing stood in the way, null where it wasn't forced.</param>
    /// <param name="told">What comes before "by" where it wasn't forced.</param>
    /// <param name="set">How the surface sets what it fills in; null: as it is.</param>
    public static string By(GitHubLogin who, bool isForced, Sentence? past, string? told = null, Func<string, string>? set = null)
    {
        var by = $"by {(set is null ? who.Value : set(who.Value))}";
        return isForced ? $"forced {by}{Past(past, set)}" : told is null ? by : $"{told} {by}";
    }

    /// <summary>Where it is said by itself that it was forced.</summary>
    /// <inheritdoc cref="By"/>
    public static string Forced(Sentence? past, Func<string, string>? set = null) => $"forced{Past(past, set)}";

    /// <summary>After the name of whoever forced it.</summary>
    /// <inheritdoc cref="By"/>
    public static string ByForce(Sentence? past) => $"by force{Past(past, set: null)}";

    private static string Past(Sentence? past, Func<string, string>? set) =>
        past is { IsEmpty: false } ? $" past {(set is null ? past.ToString() : set(past.ToString()))}" : "";

    /// <summary>The same wherever it is read, at GitHub and in Slack, too.</summary>
    public static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    /// <summary>Where it is said at the commit itself.</summary>
    public static Sentence AwaitsApproval(EnvironmentName environment) => $"Waits for approval at GitHub before it goes to {environment}.";

    /// <summary>Why something isn't there that GitHub has let wait in vain.</summary>
    public static Sentence NotApproved { get; } = Sentence.Plain("It was not approved at GitHub.");

    /// <inheritdoc cref="AwaitsApproval"/>
    public static Sentence OnItsWay(EnvironmentName environment) => $"On its way to {environment}.";

    /// <inheritdoc cref="AwaitsApproval"/>
    public static Sentence Deployed(EnvironmentName environment) => $"Deployed to {environment}.";
}
