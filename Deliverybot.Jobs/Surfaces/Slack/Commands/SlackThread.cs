using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Slack;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Core;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>
/// Whoever has deployed by a command in Slack: its answer follows the deployment, and that needs nobody's token. What the deployment itself
/// has brought about is told when its command has been answered, so nothing that happens meanwhile is missed.
/// </summary>
internal sealed class SlackThread(DeliverybotContext db, SlackRequests requests, DeploymentAnswers answers, TimeProvider time) : IChannel
{
    public string Name => "slack_thread";

    public bool Wants(Happening change) => change is
    {
        LeftCommit: null,
        Wish: { Via: DeploymentVia.Slack, State: not (DeploymentState.Waiting or DeploymentState.Inactive) },
    };

    public async Task TellAsync(Happening change, CancellationToken cancellationToken)
    {
        var id = change.Wish.Id;
        await using var writing = await AdvisoryLock.TakeAsync(db, change.Wish.RepositoryId, $"slack thread of {id}", cancellationToken);
        if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } deployment
            || deployment.State == DeploymentState.Inactive)
        {
            return;
        }

        var earliest = time.GetUtcNow() - SlackRequests.AnswersTaken;
        var due = await db.SlackRequests.AsNoTracking()
            .Where(row => row.DeploymentId == id && row.ToldState != deployment.State)
            .Where(row => row.ReceivedAt > earliest && row.Answers < SlackRequests.MostAnswers)
            .ToListAsync(cancellationToken);
        foreach (var request in due)
        {
            await TellAsync(request, deployment, cancellationToken);
        }
    }

    /// <summary>The release before this one looks at the same rows: who changes one tells it.</summary>
    private async Task TellAsync(SlackRequest request, Deployment deployment, CancellationToken cancellationToken)
    {
        if (await NoteAsync(request, request.ToldState, deployment.State, cancellationToken) == 0)
        {
            return;
        }

        try
        {
            await requests.AnswerAsync(request, await answers.OfAsync(deployment, cancellationToken), cancellationToken);
        }
        catch
        {
            await NoteAsync(request, deployment.State, request.ToldState, CancellationToken.None);
            throw;
        }
    }

    private Task<int> NoteAsync(SlackRequest request, DeploymentState? before, DeploymentState? now, CancellationToken cancellationToken) => db.SlackRequests
        .Where(row => row.Id == request.Id && row.ToldState == before)
        .ExecuteUpdateAsync(row => row.SetProperty(told => told.ToldState, now), cancellationToken);
}
