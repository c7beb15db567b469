using Deliverybot.Data;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Slack;

/// <summary>Reads the Slack links of whoever is signed in.</summary>
internal sealed class SlackLinksReader(DeliverybotContext db, UserSession session)
{
    public Task<List<SlackLinkLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var user = session.UserId;
        return db.SlackLinks.AsNoTracking()
            .Where(link => link.UserId == user)
            .Join(db.SlackWorkspaces, link => link.TeamId, workspace => workspace.TeamId, (link, workspace) => new { link, workspace.Name })
            .OrderBy(row => row.Name).ThenBy(row => row.link.Id)
            .Select(row => new SlackLinkLine(row.link.Id, row.Name, row.link.SlackUserId, row.link.LinkedAt))
            .ToListAsync(cancellationToken);
    }
}

/// <summary>A link, as its owner sees it.</summary>
internal sealed record SlackLinkLine(long Id, string Team, string SlackUserId, DateTimeOffset LinkedAt);
