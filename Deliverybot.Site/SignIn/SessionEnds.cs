using Deliverybot.Data;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.SignIn;

/// <summary>Knows of users who have signed out everywhere.</summary>
internal sealed class SessionEnds(DeliverybotContext database)
{
    public async Task<bool> HasEndedAsync(UserSession session, CancellationToken cancellationToken)
    {
        var user = session.UserId;
        var end = await database.SessionEnds.AsNoTracking()
            .Where(row => row.UserId == user)
            .Select(row => (DateTimeOffset?)row.At)
            .FirstOrDefaultAsync(cancellationToken);
        return session.Began <= end;
    }
}
