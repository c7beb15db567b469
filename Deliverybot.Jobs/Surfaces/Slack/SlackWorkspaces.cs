using Deliverybot.Data;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.Slack;

/// <summary>The workspaces that have added the slash command. Their own token isn't kept: nothing here needs it.</summary>
internal sealed class SlackWorkspaces(DeliverybotContext db, SlackLinks links, TimeProvider time)
{
    public Task<bool> HasAsync(string team, CancellationToken cancellationToken) =>
        db.SlackWorkspaces.AnyAsync(workspace => workspace.TeamId == team, cancellationToken);

    public Task AddAsync(SlackTeam team, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             insert into slack_workspaces (team_id, name, installed_at) values ({team.Id}, {team.Name}, {time.GetUtcNow()})
             on conflict (team_id) do update set name = excluded.name, installed_at = excluded.installed_at
             """,
            cancellationToken);

    /// <summary>The workspace has removed the app: all that is kept of it goes, and so do its people's tokens.</summary>
    public async Task RemoveAsync(string team, CancellationToken cancellationToken)
    {
        await links.EndOfWorkspaceAsync(team, cancellationToken);
        await db.SlackWorkspaces.Where(workspace => workspace.TeamId == team).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Slack wants its event answered at once; taking tokens back at GitHub may take longer.</summary>
[StoredAs("Deliverybot.Jobs.Slack.RemoveWorkspaceJob")]
internal sealed class RemoveWorkspaceJob(SlackWorkspaces workspaces)
{
    [JobTitle("Slack workspace {0} has removed the app")]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public Task RunAsync(string team, CancellationToken cancellationToken) => workspaces.RemoveAsync(team, cancellationToken);
}
