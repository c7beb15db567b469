using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Deployments;

/// <summary>Reads what makes a deployment a release: its commit in words, what came and left with it, who promoted it, and where to go back to.</summary>
internal sealed class ReleaseReader(
    UserSession session, GitHubClients gitHub, GitHubSilence silence, DeliverybotContext database, EnvironmentRollbacks rollbacks, EarlierDeployments history)
{
    private const int MostCommits = 20;

    private static readonly ActivityKind[] Deploying = [ActivityKind.Deployed, ActivityKind.Forced, ActivityKind.RolledBack];

    /// <summary>What all these commits say and who made them, by one call; empty where GitHub doesn't answer.</summary>
    public async Task<IReadOnlyDictionary<CommitSha, CommitWords>> WordsOfAsync(
        RepositoryName repository, IEnumerable<CommitSha> commits, CancellationToken cancellationToken)
    {
        try
        {
            return (await silence.UnlessMetAsync(
                () => gitHub.User(session.Token).ReadEnvironmentCommitsAsync(repository, [.. commits.Distinct()], [], cancellationToken), EnvironmentCommits.None)
                ?? EnvironmentCommits.None).Told;
        }
        catch (GitHubRefusedException)
        {
            // The page tells of deployments; it can without GitHub.
            return new Dictionary<CommitSha, CommitWords>();
        }
    }

    /// <summary>Who let each of these go on, of those that needed it.</summary>
    public async Task<IReadOnlyDictionary<DeploymentId, GitHubLogin>> PromotedAsync(
        RepositoryId repository, IReadOnlyList<DeploymentLine> lines, CancellationToken cancellationToken)
    {
        var promoted = lines.Where(line => line.NeedsPromotion).ToList();
        var shas = promoted.Select(line => (CommitSha?)line.Sha).Distinct().ToList();
        var entries = await database.Activity.AsNoTracking()
            .Where(entry => entry.RepositoryId == repository && shas.Contains(entry.Sha) && entry.Act == ActivityKind.Promoted)
            .OrderBy(entry => entry.Id)
            .ToListAsync(cancellationToken);
        var ofCommit = entries.ToLookup(entry => entry.Sha);
        return promoted
            .Select(line => (line.Id, By: Promoters.Among(ofCommit[line.Sha], line.DeployedAt)))
            .Where(line => line.By is not null)
            .ToDictionary(line => line.Id, line => line.By!.Value);
    }

    public async Task<ReleaseView> ReadAsync(RepositoryAccess access, Deployment row, CancellationToken cancellationToken)
    {
        var github = gitHub.User(session.Token).Repository(access.Name);
        CommitSha? sha = row.Sha;
        var noted = await database.Activity.AsNoTracking()
            .Where(entry => entry.RepositoryId == access.Id && entry.Sha == sha)
            .OrderBy(entry => entry.Id)
            .ToListAsync(cancellationToken);
        return new ReleaseView(
            (await WordsOfAsync(access.Name, [row.Sha], cancellationToken)).GetValueOrDefault(row.Sha),
            await BroughtAsync(row, github, cancellationToken),
            await BackAsync(access, row, cancellationToken),
            row.PromotedBy(noted.Where(entry => entry.Act == ActivityKind.Promoted)),
            noted.FindLast(entry => entry.DeploymentId == row.Id && Deploying.Contains(entry.Act)) is { Detail: var detail } ? WhyAlone(detail, row) : null);
    }

    /// <summary>What an entry says of why, without what was overridden, which the gates and the form of its name say.</summary>
    /// <param name="row">With its looks.</param>
    private static Sentence WhyAlone(Sentence detail, Deployment row) =>
        row.Evaluations.MaxBy(look => look.Id) is { } last && Overridden.In(last.Verdicts) is { IsEmpty: false } past && detail.Kept.EndsWith(past.Kept, StringComparison.Ordinal)
            ? Sentence.Read(detail.Kept[..^past.Kept.Length].TrimEnd())
            : detail;

    /// <summary>Where a rollback would go that mends what has failed.</summary>
    public async Task<RollbackOffer?> BackAsync(RepositoryAccess access, Deployment row, CancellationToken cancellationToken) =>
        ShowsBack(access, row) ? await OfferAsync(row, gitHub.User(session.Token).Repository(access.Name), cancellationToken) : null;

    private static bool ShowsBack(RepositoryAccess access, Deployment row) =>
        access.CanWrite && row is { HasFailed: true, AwaitsApproval: false, DoesNotCount: null, GoneAt: null };

    private async Task<RollbackOffer?> OfferAsync(Deployment row, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            return await silence.UnlessMetAsync(() => rollbacks.OfferAsync(row, github, cancellationToken), null);
        }
        catch (GitHubRefusedException)
        {
            // The board has it, too, and says what GitHub says.
            return null;
        }
    }

    /// <summary>A preview that is made anew finds nothing there.</summary>
    private static bool IsTakenDownBefore(Deployment gone, Deployment row) => gone.IsGone && gone.UpdatedAt <= row.CreatedAt;

    /// <returns>Null for what never went anywhere, and where nothing was before.</returns>
    private async Task<Brought?> BroughtAsync(Deployment row, RepositoryClient github, CancellationToken cancellationToken)
    {
        if (silence.IsMet || row.DoesNotCount is not null || row.State.CameToNothing(row.AwaitsApproval)
            || await history.BeforeAsync(row, cancellationToken) is not { } before
            || IsTakenDownBefore(before, row)
            || await CommitDifference.ReadAsync(github, before.Sha, row.Sha, MostCommits, cancellationToken) is not { } difference)
        {
            return null;
        }

        return new Brought(row, before, difference);
    }
}

/// <summary>What a deployment is beside its states.</summary>
/// <param name="Commit">Null where GitHub doesn't say it now.</param>
/// <param name="Brought">What came and left with it; null where that can't be said.</param>
/// <param name="Back">Where a rollback would go that mends it; null where it goes nowhere, or whoever looks may not.</param>
/// <param name="PromotedBy">Whose word it waited for; null where it needed none.</param>
/// <param name="Note">The reason that was given for it; null where a person didn't ask for it.</param>
internal sealed record ReleaseView(CommitWords? Commit, Brought? Brought, RollbackOffer? Back, GitHubLogin? PromotedBy, Sentence? Note);

/// <summary>The commits that a deployment brought to its environment, and took from it.</summary>
/// <param name="Before">What was there before; of one that failed, what went well last.</param>
internal sealed record Brought(Deployment Row, Deployment Before, CommitDifference Difference)
{
    public string Title => Row.HasFailed ? "Since the last good one"
        : Row.IsRollback() ? Row.SucceededAt is null ? "What it takes back" : "What it took back"
        : Difference is { Fault: null, CameCount: 0, LeftCount: > 0 } ? Row.SucceededAt is null ? "What leaves with it" : "What left with it"
        : Row.SucceededAt is null ? "What it brings" : "What it brought";

    /// <summary>What is to be said besides, in a sentence; null where the commits say all.</summary>
    public string? Words => Difference.Fault is { } fault ? $"The commits can’t be shown now. {fault}"
        : (Difference.CameCount, Difference.LeftCount) switch
        {
            (0, 0) when Row.HasFailed => "The same commit went well then: nothing has changed in it.",
            (0, 0) => "The same commit was there before.",
            (_, 0) => null,
            (_, 1) => $"1 commit of {Before.Sha.Short} is not in it.",
            (_, var left) => $"{left} commits of {Before.Sha.Short} are not in it.",
        };
}

internal static class Promoters
{
    /// <summary>A promotion is noted once GitHub has it, which may have told of it already; and GitHub counts in whole seconds.</summary>
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(1);

    /// <summary>Who let a deployment go on, where its target asks for that and nobody forced it past.</summary>
    /// <param name="promotions">Those of its commit, the oldest first.</param>
    public static GitHubLogin? PromotedBy(this Deployment row, IEnumerable<ActivityEntry> promotions) =>
        !row.Force && row.TargetDefinition is { } definition && Jobs.DeployFile.TargetJson.Read(definition).NeedsPromotion
            ? Among(promotions, row.DeployedAt)
            : null;

    /// <param name="promotions">Those of its commit, the oldest first.</param>
    /// <param name="deployedAt">When it went out: what was said after that let nothing go on; null: it hasn't.</param>
    public static GitHubLogin? Among(IEnumerable<ActivityEntry> promotions, DateTimeOffset? deployedAt) =>
        promotions.LastOrDefault(entry => deployedAt is not { } at || entry.At <= at + Noted)?.Actor.Login;
}
