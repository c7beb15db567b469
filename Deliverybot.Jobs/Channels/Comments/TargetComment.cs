using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>How a pull request stands at one target: the comment that is edited in place.</summary>
internal sealed class TargetComment(SiteLinks links, CommitLinks commits, TimeProvider time)
{
    /// <summary>
    /// Whether the comment tells of a wish: not of one that a person was refused, for they got an answer, nor of one that found its
    /// commit there already.
    /// </summary>
    public static bool TellsOf(Deployment wish) =>
        wish is { PullRequest: not null, Cause: not DeploymentCause.External, Target.Value.Length: > 0 }
        && (!wish.State.IsUndeployed() || wish.Waits || (wish.IsAutomatic() && wish.Gate != GateNames.AlreadyThere));

    /// <summary>
    /// Whether an event found its commit there already. It is no news by itself; but where something else was tried there meanwhile, and the
    /// branch came back, that is what is there.
    /// </summary>
    public static bool FoundThere(Deployment wish) =>
        wish is { PullRequest: not null, State: DeploymentState.Superseded, Gate: GateNames.AlreadyThere, Target.Value.Length: > 0 } && wish.IsAutomatic();

    public string Of(RepositoryName repository, Deployment wish, bool isUnheard = false, Sentence? past = null, TargetPast? since = null)
    {
        var commit = commits.Of(repository, wish.Sha);
        var now = time.GetUtcNow();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
             {Headline(repository, wish, commit, since, now)}

             | Environment | Commit | State | By | When | Links |
             | --- | --- | --- | --- | --- | --- |
             | {GitHubMarkdown.Code(wish.Environment.Value, inTable: true)} | {commit} | {Label(wish, since, now)} | {By(wish, past)} | {When(wish):yyyy-MM-dd HH:mm} UTC | {LinksOf(repository, wish)} |{(isUnheard ? $"\n\n{GitHubMarkdown.Plain(Unheard.Sentence)} {GitHubMarkdown.Link("How to", Unheard.HowTo)}" : "")}
             """).ReplaceLineEndings("\n");
    }

    private string Headline(RepositoryName repository, Deployment wish, string commit, TargetPast? since, DateTimeOffset now)
    {
        var target = GitHubMarkdown.Code(wish.Target.Value);
        var because = StateWords.Why(wish, now) is { IsEmpty: false } why ? GitHubMarkdown.Plain(why) : "";
        return wish.SilentSince(now) is not null ? $"{Told("❔")} {because} {GitHubMarkdown.Plain(StateWords.SilentStep(wish, now))}" : wish.State switch
        {
            DeploymentState.Waiting => $"⏳ **{target} waits.** {because}",
            DeploymentState.Pending when wish.AwaitsApproval => $"{Told("⏳")} {because}",
            DeploymentState.Creating or DeploymentState.Pending => Told("🚚"),
            DeploymentState.InProgress => $"{Told("🚚")} {because}",
            DeploymentState.Success or DeploymentState.Failure or DeploymentState.Error or DeploymentState.Inactive when since?.RolledBackBy is { } rollback =>
                $"⏪ **{commit} {(wish.SucceededAt is null ? StateWords.Fault(wish) : StateWords.Went)} {target}, and was rolled back since.** {GitHubMarkdown.Link("The rollback", links.Deployment(repository, rollback.Id)?.AbsoluteUri)}",
            DeploymentState.Success => $"{Told("✅")} {because}",
            DeploymentState.Failure or DeploymentState.Error => $"{Told(wish.AwaitsApproval ? "🚫" : "❌")} {because}",
            DeploymentState.Inactive => $"{Told("💤")} {because}",
            DeploymentState.Superseded or DeploymentState.Denied or DeploymentState.Cancelled => $"{Told("🚫")} {because}{(since?.TakenDown is { } before ? $" {commits.Of(repository, before)}, which was there, was taken down." : "")}",
        };

        string Told(string sign) => $"{sign} **{(wish.IsRollback() ? "Rollback: " : "")}{commit} {StateWords.Verb(wish, now)} {target}.**";
    }

    /// <summary>As on the pages, where it is known that it isn't there any more.</summary>
    private static string Label(Deployment wish, TargetPast? since, DateTimeOffset now) => wish.State is DeploymentState.Inactive || since?.RolledBackBy is not null
        ? StateWords.Label(wish.State, wish.AwaitsApproval, isSilent: false, isLive: false, wasThere: wish.SucceededAt is not null)
        : StateWords.Label(wish.State, wish.AwaitsApproval, wish.SilentSince(now) is not null);

    private static string By(Deployment wish, Sentence? past)
    {
        var person = wish.RequestedBy.ToString();
        return GitHubMarkdown.Plain(wish.IsRollback() ? $"{person}, rolling back" : wish.Force ? $"{person}, {StateWords.ByForce(past)}" : person);
    }

    /// <summary>When it came to be as it is; of one that waits, since when.</summary>
    private static DateTimeOffset When(Deployment wish) => wish.State switch
    {
        DeploymentState.Waiting => wish.CreatedAt,
        DeploymentState.Superseded or DeploymentState.Denied or DeploymentState.Cancelled => wish.EndedAt ?? wish.CreatedAt,
        DeploymentState.Creating or DeploymentState.Pending => (wish.AwaitsApproval ? wish.StatusAt : null) ?? wish.DeployedAt ?? wish.CreatedAt,
        // That its environment was taken down since is told, too, and makes it fail no later.
        DeploymentState.Failure or DeploymentState.Error when wish.GoneAt is not null => wish.EndedAt ?? wish.CreatedAt,
        _ => wish.StatusAt ?? wish.DeployedAt ?? wish.CreatedAt,
    };

    private string LinksOf(RepositoryName repository, Deployment wish)
    {
        string?[] all =
        [
            wish.IsGone ? null : GitHubMarkdown.Link("open", wish.EnvironmentUrl),
            GitHubMarkdown.Link("log", wish.LogUrl),
            GitHubMarkdown.Link("details", links.Deployment(repository, wish.Id)?.AbsoluteUri),
        ];
        return string.Join(" · ", all.OfType<string>());
    }
}

/// <summary>What else has become of what a pull request brought to a target.</summary>
/// <param name="RolledBackBy">The rollback that took it away.</param>
/// <param name="TakenDown">Of one that ended before it began: the commit that was in its preview, and isn't any more.</param>
internal sealed record TargetPast(Deployment? RolledBackBy, CommitSha? TakenDown);
