using System.Collections.Immutable;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Rights;

/// <summary>
/// What a target's <c>permissions</c> let a person do, asked of GitHub with the App's access: 1 call for the role in the repository, where an
/// entry needs it and the act hasn't been told it, and 1 for each group. A target without the key costs nothing.
/// </summary>
internal sealed class PersonRights(DeliverybotContext db, GitHubClients github, ToldRoles told, RecentRoles recent)
{
    /// <summary>Adds what whoever wishes for a deployment is let do.</summary>
    /// <param name="forLooking">An answer up to a minute old will do: nothing is done by it.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<GateFacts> AddAsync(GateFacts facts, RepositoryId repository, bool forLooking, CancellationToken cancellationToken)
    {
        var wish = facts.Wish;
        var asked = facts with { Rights = await OfWishAsync(repository, wish, forLooking, cancellationToken) };
        if (wish.IsAutomatic || !wish.Force || Freezing.At(facts) is null)
        {
            return asked;
        }

        var right = await AskAsync(repository, wish.Target, Permission.Freeze, wish.RequestedBy, forLooking, cancellationToken);
        return asked with { FreezeRight = new FreezeRight(right.IsGiven, right.Needed is "" ? $"more than {DeployFiles.Path} lets anybody" : right.Needed) };
    }

    /// <summary>The same of a request that has waited, when it is about to go out: 1 call more, whether whoever made it may still write.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<GateFacts> AskAgainAsync(GateFacts facts, RepositoryId repository, CancellationToken cancellationToken)
    {
        var known = await db.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == repository, cancellationToken);
        var role = known is null ? null : await RoleAsync(github.Installation(known.InstallationId), known.FullName, facts.Wish.RequestedBy, isNamed: false, forLooking: false, cancellationToken);
        var asked = facts with { StillWrites = role?.Level >= RepositoryPermission.Write };
        return asked.StillWrites is true ? await AddAsync(asked, repository, forLooking: false, cancellationToken) : asked;
    }

    /// <returns>Null where the target leaves it to GitHub, or an event wishes.</returns>
    private async Task<RightFacts?> OfWishAsync(RepositoryId repository, WishFacts wish, bool forLooking, CancellationToken cancellationToken)
    {
        if (!PermissionGate.IsRuled(wish))
        {
            return null;
        }

        var rights = new List<PersonRight>();
        foreach (var permission in PermissionGate.Needed(wish))
        {
            rights.Add(await AskAsync(repository, wish.Target, permission, wish.RequestedBy, forLooking, cancellationToken));
        }

        return rights is [var act, var force] ? new RightFacts(act, force) : new RightFacts(rights[0]);
    }

    /// <param name="repository">Whose target it is.</param>
    /// <param name="target">As the file has it.</param>
    /// <param name="what">What the person wants to do there.</param>
    /// <param name="person">Who has write access, as far as that is needed.</param>
    /// <param name="forLooking">An answer up to a minute old will do: nothing is done by it.</param>
    /// <param name="cancellationToken">Ends the wait for GitHub.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<PersonRight> AskAsync(
        RepositoryId repository, Target target, Permission what, GitHubUser person, bool forLooking, CancellationToken cancellationToken)
    {
        if ((target.Permissions ?? new TargetPermissions()).Of(what) is not { } entries)
        {
            return PersonRight.Open(what);
        }

        var nobody = ImmutableDictionary<RepositoryName, HeldRole?>.Empty;
        var right = PermissionJudge.Judge(what, entries, person, HeldRole.None, nobody);
        if (right.IsGiven || entries.All(entry => entry is PermissionEntry.Person or PermissionEntry.Workflow))
        {
            return right;
        }

        // Where the App isn't, nobody can be asked, and nothing is deployed either.
        if (await db.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == repository, cancellationToken) is not { } known)
        {
            return right;
        }

        var app = github.Installation(known.InstallationId);
        var own = entries.Any(entry => entry is PermissionEntry.InRole)
            ? await RoleAsync(app, known.FullName, person, entries.OfType<PermissionEntry.InRole>().Any(entry => entry.Name.Own is not null), forLooking, cancellationToken) ?? HeldRole.None
            : HeldRole.None;
        right = PermissionJudge.Judge(what, entries, person, own, nobody);
        var groups = new Dictionary<RepositoryName, HeldRole?>();
        foreach (var group in entries.OfType<PermissionEntry.InGroup>().DistinctBy(entry => entry.Repository))
        {
            if (right.IsGiven)
            {
                break;
            }

            groups[group.Repository] = await RoleAsync(app, group.Repository, person, isNamed: true, forLooking, cancellationToken);
            right = PermissionJudge.Judge(what, entries, person, own, groups);
        }

        return right;
    }

    /// <param name="isNamed">Whether a role of an organisation's own making may matter, which an admission doesn't tell.</param>
    /// <returns>Null of a repository that can't be seen.</returns>
    private async Task<HeldRole?> RoleAsync(
        InstallationClient app, RepositoryName repository, GitHubUser person, bool isNamed, bool forLooking, CancellationToken cancellationToken)
    {
        var asked = new AskedRole(repository, person);
        if (told.Find(asked, isNamed) is { } heard)
        {
            return heard;
        }

        if (forLooking && recent.TryFind(asked, out var remembered))
        {
            return remembered;
        }

        var role = await app.Repository(repository).Collaborators.RoleOfAsync(person, cancellationToken);
        if (role == HeldRole.None && await app.Repository(repository).GetAsync(cancellationToken) is null)
        {
            role = null;
        }

        recent.Remember(asked, role);
        if (role is not null)
        {
            told.Note(asked, role, isNamed: true);
        }

        return role;
    }
}

/// <summary>What a person is let do with a deployment that is there already: to end what others wish for takes the right to deploy.</summary>
internal sealed class WishRights(PersonRights rights)
{
    /// <returns>Why the person may not end it; null where the person may, as with one's own.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<Sentence?> RefusalAsync(Deployment wish, GitHubUser person, CancellationToken cancellationToken)
    {
        if (wish.TargetDefinition is not { } kept || (!wish.IsAutomatic() && wish.RequestedBy.IsSameAs(person)))
        {
            return null;
        }

        var right = await rights.AskAsync(wish.RepositoryId, TargetJson.Read(kept), Permission.Deploy, person, forLooking: false, cancellationToken);
        return right.IsGiven ? null : right.Refusal(person, wish.Environment);
    }
}

/// <summary>Whose role in which repository.</summary>
internal sealed record AskedRole(RepositoryName Repository, GitHubUser Person);
