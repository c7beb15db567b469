using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Rights;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Rollbacks;

/// <summary>
/// A person takes an environment back to what was live there before. It is a deployment like any other, of that commit and with that
/// payload; what keeps order doesn't stop it, somebody else's lock does. A hold stays, so that the next push doesn't undo it.
/// </summary>
internal sealed class EnvironmentRollbacks(DeliverybotContext db, RollbackPlaces places, EarlierDeployments history, ManualWishes wishes, Holds holds, PersonRights rights)
{
    /// <summary>What helps where there is nothing to go back to, or it can't be repeated.</summary>
    private static readonly ActHint Instead = new ActHint.Next($"Deploy the commit that is to be there instead.");

    /// <param name="cancellationToken">Ends it only before it is written down.</param>
    public async Task<ActResult> RollBackAsync(Actor actor, RollbackRequest request, CancellationToken cancellationToken)
    {
        if (LockReason.FaultOf(LockReason.Read(request.Why)) is { } fault)
        {
            return NotBack(ActEnd.Unknown, Sentence.Plain(fault));
        }

        try
        {
            if (await FindAsync(request, cancellationToken) is { } begun)
            {
                var goal = await history.FindAsync(begun.RepositoryId, begun.Environment, begun.Target, chosen: null, begun.Id, cancellationToken);
                var carried = await wishes.CarryOutAsync(begun, detail: "", actor.GitHub);
                return await TellAsync(carried, begun.RepositoryId, begun.Environment, begun.Sha, goal.Match(to => (string?)to.Why, _ => null));
            }

            var place = await PlaceAsync(actor.Repository, request.Place, request.Chosen, request.PullRequest, actor.GitHub, cancellationToken);
            return await place.Match(
                async at => await RefusalAsync(actor.Repository, at, actor.By, forLooking: false, cancellationToken) is { } refusal
                    ? NotBack(ActEnd.NotAllowed, refusal) with { Hints = [PersonsHint.AskSomebody] }
                    : await RollBackAsync(actor, request, at, cancellationToken),
                reason => Task.FromResult(NotBack(ActEnd.Unknown, Sentence.Plain(reason))));
        }
        catch (RetryLaterException later) when (later is not TurnTakenException)
        {
            return ActResult.Unavailable($"Nothing was rolled back: GitHub can't be used now", later.Reason);
        }
    }

    /// <summary>What a rollback would do now; nothing is done.</summary>
    /// <param name="chosen">What somebody wants back; null for what was live before.</param>
    /// <param name="by">Who would roll it back.</param>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<RollbackPreview> PreviewAsync(
        RepositoryId repository, GitHubUser by, string name, DeploymentId? chosen, RepositoryClient github, CancellationToken cancellationToken)
    {
        var place = await PlaceAsync(repository, name, chosen, askedIn: null, github, cancellationToken);
        return await place.Match(
            async at =>
            {
                if (await RefusalAsync(repository, at, by, forLooking: true, cancellationToken) is { } refusal)
                {
                    return Nowhere(refusal.ToString());
                }

                var goal = await history.FindAsync(repository, at.Environment, at.Target.Name, chosen, asOf: null, cancellationToken);
                return await goal.Match(
                    async to => new RollbackPreview(to.Sentence(at.Environment), to.Earlier.Sha)
                    {
                        Environment = at.Environment,
                        Tried = to.Attempt?.Sha,
                        Details = await DetailsAsync(to, github, cancellationToken),
                        Held = $"Automatic deployments are held in {at.Environment} then, until {Holds.Until(await UntilAsync(repository, at.Environment, at.Target.Name, to, github, cancellationToken))}.",
                    },
                    reason => Task.FromResult(Nowhere(reason)));
            },
            reason => Task.FromResult(Nowhere(reason)));

        static RollbackPreview Nowhere(string reason) => new(reason, To: null) { IsRefused = true };
    }

    /// <summary>Asked before anything is written down: a hold is left as soon as a rollback is.</summary>
    private async Task<Sentence?> RefusalAsync(RepositoryId repository, RollbackPlace at, GitHubUser by, bool forLooking, CancellationToken cancellationToken) =>
        await rights.AskAsync(repository, at.Target, Permission.Rollback, by, forLooking, cancellationToken) is { IsGiven: false } right
            ? right.Refusal(by, at.Environment)
            : null;

    /// <summary>Where a rollback would take the environment of a deployment that failed; <see cref="PreviewAsync"/> says the rest.</summary>
    /// <returns>Null where it would go nowhere, or takes back something else by now.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<RollbackOffer?> OfferAsync(Deployment failed, RepositoryClient github, CancellationToken cancellationToken)
    {
        // What comes of our own rows is asked first: of most that have failed something newer has been tried since.
        if (failed.Target.Value.Length > 0 && await GoalAsync(failed, failed.Target, cancellationToken) is null)
        {
            return null;
        }

        foreach (var name in new[] { failed.Target.Value, failed.Environment.Value }.Where(name => name.Length > 0))
        {
            if (await places.FindAsync(failed.RepositoryId, name, askedIn: null, github, cancellationToken) is Sought<RollbackPlace>.Found(var at)
                && at.Environment == failed.Environment)
            {
                return await GoalAsync(failed, at.Target.Name, cancellationToken) is { } goal ? new RollbackOffer(name, goal.Earlier.Sha) : null;
            }
        }

        return null;
    }

    /// <summary>A target's name says where, unless it has many environments: then what was chosen does.</summary>
    private async Task<Sought<RollbackPlace>> PlaceAsync(
        RepositoryId repository, string name, DeploymentId? chosen, PullRequestNumber? askedIn, RepositoryClient github, CancellationToken cancellationToken)
    {
        var place = await places.FindAsync(repository, name, askedIn, github, cancellationToken);
        if (chosen is not { } id)
        {
            return place;
        }

        var environments = await db.Deployments.AsNoTracking().Where(row => row.RepositoryId == repository && row.Id == id).Select(row => row.Environment).ToListAsync(cancellationToken);
        return environments is [var environment] && !(place is Sought<RollbackPlace>.Found(var at) && at.Environment == environment)
            ? await places.FindAsync(repository, environment.Value, askedIn, github, cancellationToken)
            : place;
    }

    private async Task<RollbackGoal?> GoalAsync(Deployment failed, TargetName target, CancellationToken cancellationToken) =>
        await history.FindAsync(failed.RepositoryId, failed.Environment, target, chosen: null, asOf: null, cancellationToken) is Sought<RollbackGoal>.Found(var goal)
        && goal.Mends(failed)
            ? goal
            : null;

    private async Task<ActResult> RollBackAsync(Actor actor, RollbackRequest request, RollbackPlace at, CancellationToken cancellationToken)
    {
        var sought = await history.FindAsync(actor.Repository, at.Environment, at.Target.Name, request.Chosen, asOf: null, cancellationToken);
        return await sought.Match(
            goal => request.To is { } told && told != goal.Earlier.Sha
                ? Task.FromResult(NotBack(
                    ActEnd.Refused,
                    $"{at.Environment} was to go back to {told.Short}, and something was done there since. Now: {goal.Sentence(at.Environment)} Nothing was rolled back; open the form again to go there."))
                : RollBackAsync(actor, request, at, goal, cancellationToken),
            reason => Task.FromResult(NotBack(ActEnd.Refused, Sentence.Plain(reason)) with { Hints = [Instead] }));
    }

    private async Task<ActResult> RollBackAsync(
        Actor actor, RollbackRequest request, RollbackPlace at, RollbackGoal goal, CancellationToken cancellationToken)
    {
        var carried = await EarlierPayloads.ReadAsync(goal.Earlier, actor.GitHub, cancellationToken);
        return await carried.Match(
            async whole =>
            {
                var hold = await HoldAsync(actor, at.Environment, goal, cancellationToken);
                var wish = WishOf(actor, request, at, goal, hold, whole);
                var result = await wishes.CarryOutAsync(wish, $"Back from {goal.From.Short}.", actor.GitHub, cancellationToken);
                return await TellAsync(result, actor.Repository, at.Environment, goal.Earlier.Sha, goal.Why);
            },
            reason => Task.FromResult(NotBack(ActEnd.Refused, Sentence.Plain(reason)) with { Hints = [Instead] }));
    }

    /// <summary>
    /// What has to be newer than what was left is newer than where it goes, too: that may be the newer one, where somebody had deployed an
    /// older commit. A hold that is there already begins from the newest of all that was left since.
    /// </summary>
    private async Task<LeftHold> HoldAsync(Actor actor, EnvironmentName environment, RollbackGoal goal, CancellationToken cancellationToken)
    {
        var until = await HoldForecast.NewerAsync(goal.From, goal.Earlier.Sha, actor.GitHub, cancellationToken);
        return await holds.FindAsync(actor.Repository, environment, cancellationToken) is { RolledBackFrom: { } from } earlier
            && from != until && await HoldForecast.NewerAsync(from, until, actor.GitHub, cancellationToken) == until
            ? new LeftHold(until, earlier)
            : new LeftHold(until, Prolongs: null);
    }

    /// <summary>What the hold would end with; null where only somebody who unlocks ends it, as one that two targets share.</summary>
    private async Task<CommitSha?> UntilAsync(
        RepositoryId repository, EnvironmentName environment, TargetName target, RollbackGoal goal, RepositoryClient github, CancellationToken cancellationToken)
    {
        var until = await HoldForecast.NewerAsync(goal.From, goal.Earlier.Sha, github, cancellationToken);
        return await holds.FindAsync(repository, environment, cancellationToken) switch
        {
            null => until,
            { EndsAfter: { } from } hold when hold.Target == target => await HoldForecast.NewerAsync(from, until, github, cancellationToken),
            _ => null,
        };
    }

    /// <summary>Which commit that is, and how many go with the one that is left.</summary>
    private static async Task<Sentence> DetailsAsync(RollbackGoal goal, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            var to = goal.Earlier.Sha;
            var headline = (await github.Commits.GetAsync(to, cancellationToken))?.Headline is { Length: > 0 } text ? $"{to.Short} is “{text}”. " : "";
            var leaves = goal.Leaves == to ? "No commit leaves: it is what went well there last." : await github.Commits.CompareAsync(to, goal.Leaves, cancellationToken) switch
            {
                { AheadBy: 1, BehindBy: 0 } => "1 commit leaves.",
                { AheadBy: > 0, BehindBy: 0 } leave => $"{leave.AheadBy} commits leave.",
                { AheadBy: 0, BehindBy: > 0 } come => $"{come.BehindBy} {(come.BehindBy == 1 ? "commit comes" : "commits come")} back.",
                { AheadBy: > 0 } both => $"{both.AheadBy} {(both.AheadBy == 1 ? "commit leaves" : "commits leave")}, {both.BehindBy} {(both.BehindBy == 1 ? "comes" : "come")} back.",
                _ => "",
            };
            return Sentence.Plain($"{headline}{leaves}".TrimEnd());
        }
        catch (Exception fault) when (fault is GitHubRefusedException or RetryLaterException)
        {
            // Where it goes is known without; this only makes it plainer.
            return Sentence.Empty;
        }
    }

    /// <summary>A command that was processed before, and was cut off: going back once more would go too far.</summary>
    private async Task<Deployment?> FindAsync(RollbackRequest request, CancellationToken cancellationToken) => request.Delivery is { } delivery
        ? await db.Deployments.FirstOrDefaultAsync(row => row.DeliveryGuid == delivery && row.Act == DeploymentAct.Rollback, cancellationToken)
        : null;

    private static NewWish WishOf(
        Actor actor, RollbackRequest request, RollbackPlace at, RollbackGoal goal, LeftHold hold, RenderedWish.Whole whole) => new()
        {
            RepositoryId = actor.Repository,
            Repository = actor.GitHub.Name,
            Target = at.Target,
            Ref = null,
            Sha = goal.Earlier.Sha,
            Origin = DeploymentOrigin.Person(DeploymentAct.Rollback, request.Via),
            RequestedBy = actor.By,
            // A transient environment ends with its own pull request, wherever somebody rolls it back.
            PullRequest = (at.Target.TransientEnvironment ? goal.Earlier.PullRequest : null) ?? request.PullRequest,
            Delivery = request.Delivery,
            Task = goal.Earlier.Task,
            Why = LockReason.Read(request.Why),
            Repeats = new Repetition(goal.Earlier.Id, hold, whole),
        };

    private async Task<ActResult> TellAsync(
        ActResult carried, RepositoryId repository, EnvironmentName environment, CommitSha to, string? why) => carried.End switch
        {
            ActEnd.UnderWay => new ActResult(
                ActEnd.UnderWay,
                $"{environment} goes back to {to.Short}",
                $"{(why is null ? "" : $"{why}; ")}{environment} goes back to {to.Short}. Automatic deployments are held until {Holds.Until(await holds.EndOfAsync(repository, environment, CancellationToken.None))}.")
            {
                Deployment = carried.Deployment,
                Hints = [new ActHint.LetGo(environment)],
            },
            ActEnd.Unsure => carried,
            ActEnd.Unavailable => carried with { Headline = $"Nothing was rolled back: GitHub can't be used now" },
            _ => carried with { Headline = $"Nothing was rolled back", Hints = HintsOf(carried) },
        };

    /// <summary>A rollback needs no force, and where it is refused the commit can be deployed by hand.</summary>
    private static List<ActHint> HintsOf(ActResult refused)
    {
        var hints = refused.Hints.Where(hint => hint is not ActHint.Force).ToList();
        return hints is [] ? [Instead] : hints;
    }

    private static ActResult NotBack(ActEnd end, Sentence reason) => ActResult.Because(end, $"Nothing was rolled back", reason);
}
