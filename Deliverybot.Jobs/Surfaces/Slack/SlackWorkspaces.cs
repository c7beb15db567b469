using Deliverybot.Data;
using Deliverybot.Jobs.Surfaces.Slack.Links;
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
