using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>A deployment as Slack is told of it, at its start and as it goes on.</summary>
internal sealed class DeploymentAnswers(DeliverybotContext db, ForcedPast forced, Holds holds, SiteLinks links, TimeProvider time)
{
    public async Task<SlackAnswer> OfAsync(DeploymentId id, CancellationToken cancellationToken) =>
        await OfAsync(await db.Deployments.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken), cancellationToken);

    public async Task<SlackAnswer> OfAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var repository = await db.Repositories.AsNoTracking().SingleAsync(row => row.Id == deployment.RepositoryId, cancellationToken);
        var said = await db.DeploymentSteps.AsNoTracking()
            .Where(step => step.DeploymentId == deployment.Id)
            .OrderByDescending(step => step.Id)
            .Select(step => step.Description)
            .FirstOrDefaultAsync(cancellationToken);
        var now = time.GetUtcNow();
        // What we have told GitHub ourselves stands in no step: the row has the sentence.
        var sentence = deployment.State.IsUndeployed() || deployment.SilentSince(now) is not null || (deployment.HasFailed && string.IsNullOrWhiteSpace(said))
            ? StateWords.Why(deployment, now)
            : said;
        var past = await forced.AmongAsync([deployment], cancellationToken);
        // One that succeeds may just end it: that is asked of GitHub afterwards.
        var tellsHold = deployment.IsRollback() ? !deployment.State.IsUndeployed() : deployment.State.IsActive();
        var hold = tellsHold
            ? await holds.FindAsync(deployment.RepositoryId, deployment.Environment, cancellationToken)
            : null;
        return new SlackAnswer
        {
            Audience = Audience.Channel,
            Headline = Headline(deployment, repository.FullName, now),
            Sentences =
            [
                .. string.IsNullOrWhiteSpace(sentence) ? Array.Empty<string>() : [sentence],
                .. deployment.SilentSince(now) is null ? Array.Empty<string>() : [StateWords.SilentStep(deployment, now)],
            ],
            Notes = [.. Notes(deployment, repository.FullName, past.GetValueOrDefault(deployment.Id), hold)],
            Follows = deployment,
        };
    }

    /// <summary>The page with the whole story; null where no address is set.</summary>
    public Mrkdwn? LinkTo(RepositoryName repository, DeploymentId id) =>
        links.Deployment(repository, id) is { } address ? Mrkdwn.Link(address, $"Deployment {id}") : null;

    private static Mrkdwn Headline(Deployment deployment, RepositoryName repository, DateTimeOffset now)
    {
        var what = Mrkdwn.Of($"{repository} {deployment.Sha.Short}");
        return (deployment.State, deployment.IsRollback() && deployment.SilentSince(now) is null) switch
        {
            (DeploymentState.InProgress, true) => Mrkdwn.Of($":rewind: {deployment.Environment} is going back to {what}"),
            (DeploymentState.Waiting or DeploymentState.Creating or DeploymentState.Pending, true) when !deployment.AwaitsApproval =>
                Mrkdwn.Of($":rewind: {deployment.Environment} goes back to {what}"),
            _ => Mrkdwn.Of(
                $"{new Mrkdwn(SignOf(deployment, now))} {new Mrkdwn(deployment.IsRollback() ? "Rollback: " : "")}{what} {new Mrkdwn(StateWords.Verb(deployment, now))} {deployment.Environment}"),
        };
    }

    private static string SignOf(Deployment deployment, DateTimeOffset now) => deployment.State switch
    {
        _ when deployment.SilentSince(now) is not null => ":grey_question:",
        DeploymentState.Success => ":white_check_mark:",
        DeploymentState.Failure or DeploymentState.Error => deployment.AwaitsApproval ? ":no_entry:" : ":x:",
        DeploymentState.Inactive => ":heavy_minus_sign:",
        DeploymentState.Superseded or DeploymentState.Denied or DeploymentState.Cancelled => ":no_entry:",
        DeploymentState.Pending when deployment.AwaitsApproval => ":hourglass:",
        DeploymentState.Waiting => ":hourglass_flowing_sand:",
        _ => ":rocket:",
    };

    private IEnumerable<Mrkdwn> Notes(Deployment deployment, RepositoryName repository, Sentence? past, EnvironmentLock? hold)
    {
        yield return Mrkdwn.Of($"by {deployment.RequestedBy}");
        if (deployment.Ref is { } name)
        {
            yield return Mrkdwn.Of($"from {name.ShortName}");
        }

        if (deployment.Target.Value != deployment.Environment.Value)
        {
            yield return Mrkdwn.Of($"target {deployment.Target}");
        }

        if (deployment.Force)
        {
            yield return new Mrkdwn(StateWords.Forced(past, Mrkdwn.Coded));
        }

        if (hold is not null)
        {
            yield return Mrkdwn.Of($"automatic deployments are held until {new Mrkdwn(Holds.Until(hold.EndsAfter))}: {$"unlock {deployment.Environment}"}");
        }

        if (LinkTo(repository, deployment.Id) is { } page)
        {
            yield return page;
        }

        if (AddressOf(deployment.LogUrl) is { } log)
        {
            yield return Mrkdwn.Link(log, "Log");
        }

        if (deployment.State == DeploymentState.Success && AddressOf(deployment.EnvironmentUrl) is { } place)
        {
            yield return Mrkdwn.Link(place, "Open it");
        }
    }

    private static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address : null;
}
