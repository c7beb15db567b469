using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Reports;
using Deliverybot.Jobs.Core.Rights;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Failing;

/// <summary>
/// A person says of a silent deployment what nobody else does: that it has failed. GitHub is told first, with the person's access; what it
/// keeps is then written down as any reported status is, and whoever waits is woken by the event that tells of it.
/// </summary>
/// <remarks>
/// The state is <c>error</c>: GitHub's documentation doesn't tell it from <c>failure</c>, which is the word of whoever carries a deployment
/// out and has seen it fail (<see href="https://docs.github.com/en/rest/deployments/statuses#create-a-deployment-status"/>).
/// </remarks>
internal sealed class FailureMarks(DeliverybotContext db, ReportedStatuses reported, WishRights rights, TimeProvider time)
{
    public async Task<ActResult> MarkAsync(Actor actor, DeploymentId id, CancellationToken cancellationToken)
    {
        var row = await db.Deployments.SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == actor.Repository, cancellationToken);
        if (row is null)
        {
            return Nothing(ActEnd.Unknown, $"There is no deployment {id} here.");
        }

        await using var turn = await Turn.TakeAsync(db, row, cancellationToken);
        await db.Entry(row).ReloadAsync(cancellationToken);
        try
        {
            return row switch
            {
                _ when await rights.RefusalAsync(row, actor.By, cancellationToken) is { } refusal =>
                    Nothing(ActEnd.NotAllowed, refusal) with { Deployment = row.Id, Hints = [PersonsHint.AskSomebody] },
                { GitHubId: { } number } when row.SilentSince(time.GetUtcNow()) is { } since => await MarkAsync(turn, actor, row, number, since, cancellationToken),
                _ => Nothing(ActEnd.Refused, WhyNot(row)) with { Deployment = row.Id },
            };
        }
        catch (RetryLaterException later) when (later is not TurnTakenException)
        {
            return ActResult.Unavailable($"Nothing was marked as failed: GitHub can't be used now", later.Reason);
        }
        catch (GitHubRefusedException refused)
        {
            return Nothing(ActEnd.Refused, $"GitHub refused it: {refused.Words}") with { Deployment = row.Id };
        }
        catch (OutcomeUnknownException unknown)
        {
            // Should GitHub have kept it, its event brings the same text: the sentence that knows the person is there before.
            row.Reason = SentenceOf(actor, row, row.HeardAt());
            Note(actor, row);
            await db.SaveChangesAsync(CancellationToken.None);
            return ActResult.Because(ActEnd.Unsure, $"It isn't known yet whether {row.Sha.Short} is marked as failed", Sentence.Plain(unknown.Message)) with { Deployment = row.Id };
        }
    }

    /// <summary>What would come of it. Nothing is done here, and GitHub isn't asked.</summary>
    /// <returns>Empty where it can't be marked.</returns>
    public async Task<IReadOnlyList<Sentence>> PreviewAsync(RepositoryId repository, DeploymentId id, CancellationToken cancellationToken)
    {
        var row = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == repository, cancellationToken);
        return row?.MayBeMarkedFailed(time.GetUtcNow()) == true
            ?
            [
                $"{row.Sha.Short} was sent to {row.Environment}. {StateWords.SilentSince(row.AwaitsApproval, row.HeardAt())}",
                $"GitHub is told, in your name, that it ended in an error. Should it still be running, it isn't stopped by that.",
            ]
            : [];
    }

    private async Task<ActResult> MarkAsync(
        Turn turn, Actor actor, Deployment row, GitHubDeploymentId number, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // Silent may mean that what was told was lost.
        if (await NewestAsync(actor, number, cancellationToken) is { } newest && newest.Id > row.StatusId)
        {
            await reported.ApplyOwnAsync(turn, row, number, ReportedStatus.Of(newest, time.GetUtcNow()), CancellationToken.None);
            await db.SaveChangesAsync(CancellationToken.None);
            return Nothing(ActEnd.Refused, $"GitHub knows more of {row.Sha.Short} than was heard here: it {StateWords.Verb(row, time.GetUtcNow())} {row.Environment}. Look again.") with { Deployment = row.Id };
        }

        var sentence = SentenceOf(actor, row, since);
        var description = DescriptionLength.Cut(sentence.ToString());
        var kept = await actor.GitHub.Deployments.ReportAsync(number, new NewDeploymentStatus(GitHubDeploymentState.Error, description), cancellationToken);

        // From here on it is done at GitHub, and is written down whether or not somebody still waits for the answer. The row's sentence knows
        // the person, so it stands there before its text comes back.
        Note(actor, row);
        row.Reason = sentence;
        await reported.ApplyOwnAsync(turn, row, number, kept is null ? Gone(row, description) : ReportedStatus.Of(kept, time.GetUtcNow()), CancellationToken.None);
        await db.SaveChangesAsync(CancellationToken.None);
        return new ActResult(ActEnd.Done, $"{row.Sha.Short} has failed in {row.Environment}", sentence) { Deployment = row.Id };
    }

    /// <returns>What was reported last; null where nothing was. GitHub lists the newest first.</returns>
    private static async Task<GitHubDeploymentStatus?> NewestAsync(Actor actor, GitHubDeploymentId number, CancellationToken cancellationToken) =>
        await actor.GitHub.Deployments.ListStatusesAsync(number, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    private static Sentence SentenceOf(Actor actor, Deployment row, DateTimeOffset since) =>
        $"Marked as failed by {actor.By}. {StateWords.SilentSince(row.AwaitsApproval, since)}";

    private void Note(Actor actor, Deployment row) => db.Activity.Add(new ActivityEntry
    {
        RepositoryId = row.RepositoryId,
        At = time.GetUtcNow(),
        Actor = actor.By,
        Act = ActivityKind.MarkedFailed,
        Environment = row.Environment,
        DeploymentId = row.Id,
        Sha = row.Sha,
        Detail = StateWords.SilentSince(row.AwaitsApproval, row.HeardAt()),
    });

    /// <summary>GitHub has no such deployment any more, so that nothing else can be told of it.</summary>
    private ReportedStatus Gone(Deployment row, string description) =>
        new(row.StatusId + 1, StatusWords.Read(GitHubDeploymentState.Error), Word: null, description, LogUrl: null, EnvironmentUrl: null, time.GetUtcNow());

    private Sentence WhyNot(Deployment row) => row switch
    {
        { State: DeploymentState.Waiting } => $"{row.Sha.Short} waits for {row.Environment}, and nothing of it has begun: cancel it instead.",
        { GitHubId: null } when row.State.IsActive() => $"GitHub hasn't said yet whether it made the deployment of {row.Sha.Short} to {row.Environment}. Wait a minute, and look again.",
        _ when row.State.IsActive() =>
            $"{row.Sha.Short} {StateWords.Verb(row, time.GetUtcNow())} {row.Environment}, and was heard of at {StateWords.Time(row.HeardAt())}. If nothing more is heard, it can be marked as failed from {StateWords.Time(row.HeardAt() + SilentDeployments.PatienceWith(row.AwaitsApproval))} on.",
        _ => $"{row.Sha.Short} has ended in {row.Environment} already: {StateWords.Label(row.State, row.AwaitsApproval, isSilent: false)}. Deploy it again where that is wanted.",
    };

    private static ActResult Nothing(ActEnd end, Sentence why) => ActResult.Because(end, $"Nothing was marked as failed", why);
}
