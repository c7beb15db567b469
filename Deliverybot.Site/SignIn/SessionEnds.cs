using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Data.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.SignIn;

/// <summary>Knows which sessions are over: one by one, all of a person's, or everybody's.</summary>
internal sealed class SessionEnds(DeliverybotContext database, TimeProvider time)
{
    /// <summary>What a session that begins now bears: the last ends so far. No clocks are compared, be it of two processes or of the database.</summary>
    public async Task<string> StampAsync(GitHubUserId user, CancellationToken cancellationToken) =>
        StampOf(await ReadAsync(user, Guid.Empty, cancellationToken));

    public async Task<bool> HasEndedAsync(UserSession session, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(session.UserId, session.Id, cancellationToken);
        return known.HasEnded || StampOf(known) != session.Stamp;
    }

    public Task EndAsync(Guid session, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"insert into ended_sessions (id, at) values ({session}, {time.GetUtcNow()}) on conflict do nothing", cancellationToken);

    /// <summary>Ends all sessions of a person that have begun by now; of <see cref="SessionEnd.Everybody"/>, all there are.</summary>
    public Task EndAllAsync(GitHubUserId user, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"""
        insert into session_ends as known (user_id, at) values ({user.Value}, {time.GetUtcNow()})
        on conflict (user_id) do update set at = greatest(excluded.at, known.at + interval '1 microsecond')
        """,
        cancellationToken);

    private Task<Known> ReadAsync(GitHubUserId user, Guid session, CancellationToken cancellationToken) => database.Database
        .SqlQuery<Known>(
            $"""
            select (select at from session_ends where user_id = {SessionEnd.Everybody.Value}) as everybody,
              (select at from session_ends where user_id = {user.Value}) as person,
              exists (select from ended_sessions where id = {session}) as has_ended
            """)
        .SingleAsync(cancellationToken);

    private static string StampOf(Known known) => FormattableString.Invariant($"{known.Everybody?.UtcTicks}.{known.Person?.UtcTicks}");

    private sealed record Known(DateTimeOffset? Everybody, DateTimeOffset? Person, bool HasEnded);
}
