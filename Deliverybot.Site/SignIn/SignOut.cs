using Deliverybot.Data;
using Deliverybot.Data.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.SignIn;

/// <summary>Ends sessions, and revokes the request's own token at GitHub.</summary>
internal sealed class SignOut(DeliverybotContext database, TimeProvider time)
{
    /// <summary>Ends the request's session.</summary>
    public static async Task OfThisSessionAsync(HttpContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await context.SignOutAsync();
    }

    /// <summary>Ends every session of the user that has begun by now, in whatever browser.</summary>
    public async Task EverywhereAsync(HttpContext context, UserSession session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var user = session.UserId;
        var changed = await database.SessionEnds
            .Where(row => row.UserId == user)
            .ExecuteUpdateAsync(row => row.SetProperty(end => end.At, now), cancellationToken);
        if (changed == 0)
        {
            database.SessionEnds.Add(new SessionEnd { UserId = user, At = now });
            await database.SaveChangesAsync(cancellationToken);
        }

        await OfThisSessionAsync(context, cancellationToken);
    }
}
