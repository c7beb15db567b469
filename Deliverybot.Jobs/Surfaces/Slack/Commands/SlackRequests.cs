using Deliverybot.Data;
using Deliverybot.Data.Slack;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>Commands that were taken. A command is carried out once, within five minutes, and answered at most five times within half an hour.</summary>
internal sealed class SlackRequests(
    DeliverybotContext db, LinkSecrets secrets, SlackResponses responses, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    public const int MostAnswers = 5;

    /// <summary>Later the person has forgotten the command, or has given it again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Slack's own limit is 30 minutes.</summary>
    public static readonly TimeSpan AnswersTaken = TimeSpan.FromMinutes(29);

    /// <summary>Writes it down together with the job that carries it out. The job is told whose link to use: never a token.</summary>
    public async Task TakeAsync(TakenCommand command, long link, CancellationToken cancellationToken)
    {
        var request = new SlackRequest
        {
            TeamId = command.By.TeamId,
            ChannelId = command.Channel.ChannelId,
            SlackUserId = command.By.UserId,
            Command = command.Name,
            Text = command.Text,
            ProtectedResponseUrl = secrets.ProtectAddress(command.ResponseUrl),
            ReceivedAt = time.GetUtcNow(),
        };
        using var scope = JobTransaction.Begin();
        db.SlackRequests.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        jobs.Enqueue<SlackCommandJob>(job => job.RunAsync(link, request.Id, CancellationToken.None));
        scope.Complete();
    }

    public async Task<Begun> BeginAsync(long id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mine = await db.SlackRequests
            .Where(row => row.Id == id && row.BegunAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(begun => begun.BegunAt, now), cancellationToken);
        var request = await db.SlackRequests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return request switch
        {
            null => new Begun.Gone(),
            _ when mine == 0 => new Begun.Before(request),
            _ when now - request.ReceivedAt > LongestWait => new Begun.TooLate(request),
            _ => new Begun.Now(request),
        };
    }

    /// <summary>Answers, and remembers what is to be followed: only then, so that no later answer overtakes this one.</summary>
    public async Task AnswerAsync(SlackRequest request, SlackAnswer answer, CancellationToken cancellationToken)
    {
        // It counts before it is sent: rather one too few than a sixth.
        var earliest = time.GetUtcNow() - AnswersTaken;
        var counted = await db.SlackRequests
            .Where(row => row.Id == request.Id && row.Answers < MostAnswers && row.ReceivedAt > earliest)
            .ExecuteUpdateAsync(row => row.SetProperty(told => told.Answers, told => told.Answers + 1), cancellationToken);
        if (counted == 0)
        {
            return;
        }

        await responses.SendAsync(secrets.OpenAddress(request.ProtectedResponseUrl), answer, replaces: request.Answers > 0, cancellationToken);
        if (answer.Follows is { Id: var deployment, State: var state })
        {
            await db.SlackRequests.Where(row => row.Id == request.Id).ExecuteUpdateAsync(
                row => row.SetProperty(told => told.DeploymentId, deployment).SetProperty(told => told.ToldState, state), cancellationToken);
        }
    }
}

/// <summary>A slash command, as it came.</summary>
/// <param name="By">Who gave it.</param>
/// <param name="Name">How the slash command is called there: <c>/deliverybot</c>.</param>
/// <param name="Text">What was typed after it.</param>
/// <param name="ResponseUrl">Where answers go.</param>
internal sealed record TakenCommand(SlackUser By, SlackChannel Channel, string Name, string Text, Uri ResponseUrl);

internal abstract record Begun
{
    private Begun()
    {
    }

    public sealed record Now(SlackRequest Request) : Begun;

    /// <summary>It was begun before, and cut off: it is never begun again.</summary>
    public sealed record Before(SlackRequest Request) : Begun;

    /// <summary>So long after the command nobody expects it any more.</summary>
    public sealed record TooLate(SlackRequest Request) : Begun;

    /// <summary>The workspace has removed the app meanwhile.</summary>
    public sealed record Gone : Begun;
}
