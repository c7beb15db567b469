using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>Why something needs somebody, the most urgent first.</summary>
internal enum NeedKind
{
    /// <summary>Its <c>deploy.yml</c> can't be read, so that nothing is deployed by it.</summary>
    Broken,

    /// <summary>The newest attempt failed.</summary>
    Failed,

    /// <summary>GitHub's reviewers have refused it, or nobody approved it in time.</summary>
    Unapproved,

    /// <summary>Nobody tells how it goes.</summary>
    Silent,

    /// <summary>GitHub lets it wait for an environment's reviewers.</summary>
    Approval,

    /// <summary>It waits for somebody's word.</summary>
    Promotion,

    /// <summary>Somebody has locked it for long.</summary>
    Locked,

    /// <summary>A rollback's hold has stood for long.</summary>
    Held,
}

/// <summary>Something in a repository that goes no further by itself.</summary>
/// <param name="Environment">Where it is about one.</param>
/// <param name="State">How it looks, and the word for it.</param>
/// <param name="What">What it is about: a commit and who wished it, or who holds the lock.</param>
/// <param name="Why">What somebody or a gate said of it.</param>
/// <param name="At">Since when.</param>
/// <param name="Place">Where it can be seen to.</param>
internal sealed record Need(
    NeedKind Kind, RepositoryName Repository, EnvironmentName? Environment, StateView State, string What, string? Why, DateTimeOffset At, string Place)
{
    /// <summary>A lock that is younger is somebody's work; whoever took it knows of it.</summary>
    public static readonly TimeSpan LongLocked = TimeSpan.FromDays(1);

    /// <summary>All that is shown of it.</summary>
    public IEnumerable<object?> Shown => [Repository, Environment, State.Label, What, Why, At.UtcTicks, Place];

    /// <param name="fault">What is wrong with its <c>deploy.yml</c>, and what follows.</param>
    public static Need OfBrokenFile(RepositoryName repository, string fault, DateTimeOffset at) =>
        new(NeedKind.Broken, repository, Environment: null, new StateView(Tone.Bad, "exclamation-triangle-fill", "broken"), fault, Why: null, at, Address.Config(repository));

    public static IEnumerable<Need> Of(RepositoryInfo repository, LastingEnvironment stands, DateTimeOffset now)
    {
        var (name, environment) = (repository.Name, stands.Environment);
        if (stands.Failed is { } failed)
        {
            yield return OfDeployment(NeedKind.Failed, name, failed, StateView.Of(failed, isLive: false, now), failed.Reason, failed.EndedAt ?? failed.UpdatedAt);
        }

        if (stands.Unapproved is { } unapproved)
        {
            yield return OfDeployment(NeedKind.Unapproved, name, unapproved, StateView.Of(unapproved, isLive: false, now), StateWords.WhyFailed(unapproved), unapproved.EndedAt ?? unapproved.UpdatedAt);
        }

        foreach (var row in stands.Coming)
        {
            if (row.SilentSince(now) is { } since)
            {
                yield return OfDeployment(NeedKind.Silent, name, row, StateView.Of(row, isLive: false, now), StateWords.Why(row, now), since);
            }
            else if (row is { State: DeploymentState.Pending, AwaitsApproval: true })
            {
                yield return OfDeployment(NeedKind.Approval, name, row, StateView.Of(row, isLive: false, now), why: null, row.HeardAt());
            }
            else if (row.AwaitsPromotion())
            {
                yield return OfDeployment(NeedKind.Promotion, name, row, StateView.Of(row, isLive: false, now), row.Reason, row.CreatedAt);
            }
        }

        if (stands.Lock is { } held && held.Since <= now - LongLocked)
        {
            yield return OfLock(NeedKind.Locked, name, environment, held, PlaceMark.Locked);
        }

        if (stands.Hold is { } hold && hold.Since <= now - LongLocked)
        {
            yield return OfLock(NeedKind.Held, name, environment, hold, PlaceMark.Held);
        }
    }

    private static Need OfDeployment(NeedKind kind, RepositoryName repository, Deployment row, StateView state, string? why, DateTimeOffset at) =>
        new(kind, repository, row.Environment, state, $"{row.Sha.Short} by {row.RequestedBy.Login}", why, at, Address.Deployment(repository, row.Id));

    private static Need OfLock(NeedKind kind, RepositoryName repository, EnvironmentName environment, EnvironmentLock held, PlaceMark mark) =>
        new(kind, repository, environment, new StateView(mark.Tone, mark.Icon, mark.Label), $"by {held.Holder.Login}", held.Reason, held.Since, Address.Environment(repository, [], environment));
}

/// <summary>What needs the reader: in repositories where that person may act.</summary>
/// <param name="Shown">The most urgent first; of one kind what failed last, else what has waited longest.</param>
/// <param name="Count">How many there are.</param>
/// <param name="IsOfAll">Whether the reader may act in every repository that is shown; else something may have failed where only others may.</param>
internal sealed record NeedsView(IReadOnlyList<Need> Shown, int Count, string Summary, bool IsOfAll)
{
    private const int Most = 12;

    public int LeftOff => Count - Shown.Count;

    /// <summary>What is said where there is none.</summary>
    public string Calm => IsOfAll
        ? "In no environment that lasts has a deployment failed, and none waits for an approval or a promotion."
        : "Nothing that you could see to: where you may deploy, none has failed in an environment that lasts, and none waits for an approval or a promotion.";

    public string Stamp => Stamps.Of([Count, IsOfAll, .. Shown.SelectMany(need => need.Shown)]);

    public static NeedsView Of(IEnumerable<Need> needs, bool isOfAll, bool isAll)
    {
        var ordered = needs
            .OrderBy(need => need.Kind)
            .ThenBy(need => need.Kind is NeedKind.Broken or NeedKind.Failed or NeedKind.Unapproved ? -need.At.UtcTicks : need.At.UtcTicks)
            .ToList();
        string[] parts =
        [
            .. Some(ordered, NeedKind.Broken, "broken"),
            .. Some(ordered, NeedKind.Failed, "failed"),
            .. Some(ordered, NeedKind.Unapproved, "not approved"),
            .. Some(ordered, NeedKind.Silent, "silent"),
            .. Some(ordered, NeedKind.Approval, "to approve"),
            .. Some(ordered, NeedKind.Promotion, "to promote"),
            .. Some(ordered, NeedKind.Locked, "locked for long"),
            .. Some(ordered, NeedKind.Held, "held for long"),
        ];
        return new NeedsView(isAll ? ordered : [.. ordered.Take(Most)], ordered.Count, string.Join(" · ", parts), isOfAll);
    }

    private static string[] Some(List<Need> needs, NeedKind kind, string what) =>
        needs.Count(need => need.Kind == kind) is > 0 and var count ? [string.Create(CultureInfo.InvariantCulture, $"{count} {what}")] : [];
}
