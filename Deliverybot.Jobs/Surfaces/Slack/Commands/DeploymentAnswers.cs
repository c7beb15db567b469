using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>A deployment as Slack is told of it, at its start and as it goes on.</summary>
internal sealed class DeploymentAnswers(DeliverybotContext db, SiteLinks links)
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
        var sentence = deployment.State.IsUndeployed() ? deployment.Reason : said;
        return new SlackAnswer
        {
            Audience = Audience.Channel,
            Headline = Headline(deployment, repository.FullName),
            Sentences = string.IsNullOrWhiteSpace(sentence) ? [] : [sentence],
            Notes = [.. Notes(deployment, repository.FullName)],
            Follows = deployment,
        };
    }

    /// <summary>The page with the whole story; null where no address is set.</summary>
    public Mrkdwn? LinkTo(RepositoryName repository, DeploymentId id) =>
        links.Deployment(repository, id) is { } address ? Mrkdwn.Link(address, $"Deployment {id}") : null;

    private static Mrkdwn Headline(Deployment deployment, RepositoryName repository)
    {
        var what = Mrkdwn.Of($"{repository} {deployment.Sha.Short}");
        return (deployment.State, deployment.IsRollback()) switch
        {
            (DeploymentState.Success, _) => Mrkdwn.Of($":white_check_mark: {deployment.Environment} runs {what}"),
            (DeploymentState.Failure or DeploymentState.Error, _) => Mrkdwn.Of($":x: {what} failed in {deployment.Environment}"),
            (DeploymentState.Inactive, _) => Mrkdwn.Of($":heavy_minus_sign: {what} is no longer active in {deployment.Environment}"),
            (DeploymentState.Superseded or DeploymentState.Denied or DeploymentState.Cancelled, _) =>
                Mrkdwn.Of($":no_entry: {what} was not deployed to {deployment.Environment}"),
            (DeploymentState.InProgress, true) => Mrkdwn.Of($":rewind: {deployment.Environment} is going back to {what}"),
            (DeploymentState.InProgress, false) => Mrkdwn.Of($":rocket: Deploying {what} to {deployment.Environment}"),
            (DeploymentState.Pending, _) when deployment.AwaitsApproval =>
                Mrkdwn.Of($":hourglass: {what} waits for approval at GitHub before it goes to {deployment.Environment}"),
            (DeploymentState.Waiting or DeploymentState.Creating or DeploymentState.Pending, true) => Mrkdwn.Of($":rewind: {deployment.Environment} goes back to {what}"),
            (DeploymentState.Waiting or DeploymentState.Creating or DeploymentState.Pending, false) => Mrkdwn.Of($":rocket: {what} goes to {deployment.Environment}"),
            _ => throw new InvalidOperationException($"A deployment that is {deployment.State} has no meaning here."),
        };
    }

    private IEnumerable<Mrkdwn> Notes(Deployment deployment, RepositoryName repository)
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
            yield return Mrkdwn.Of($"forced");
        }

        if (deployment.IsRollback() && !deployment.State.IsUndeployed())
        {
            yield return Mrkdwn.Of($"automatic deployments are held until {$"unlock {deployment.Environment}"}");
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
