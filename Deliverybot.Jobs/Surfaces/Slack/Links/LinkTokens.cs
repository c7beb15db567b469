using System.Security.Cryptography;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Data.Slack;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.Slack.Links;

/// <summary>
/// Opens a link's token for the one command that is being answered. A token that has ended is renewed first: its refresh token is
/// good once, so the row is locked meanwhile, and a second command waits for what the first one gets.
/// </summary>
internal sealed class LinkTokens(DeliverybotContext db, LinkSecrets secrets, UserTokenRefresh refresh, TimeProvider time)
{
    /// <summary>A token that ends while the command is answered is as good as none.</summary>
    private static readonly TimeSpan Needed = TimeSpan.FromMinutes(2);

    /// <exception cref="RetryLaterException">GitHub can't renew the token now.</exception>
    public async Task<LinkAccess> OpenAsync(long id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await db.SlackLinks.FromSql($"select * from slack_links where id = {id} for update").AsNoTracking().ToListAsync(cancellationToken);
        if (found is not [var link])
        {
            return new LinkAccess.Unlinked();
        }

        var access = link.TokenEndsAt is { } end && end - time.GetUtcNow() < Needed
            ? await RenewAsync(link, cancellationToken)
            : Open(link);
        if (access is LinkAccess.Ended)
        {
            await db.SlackLinks.Where(row => row.Id == link.Id).ExecuteDeleteAsync(CancellationToken.None);
        }

        // GitHub has ended the old token by now: what is new must be kept, whoever stops waiting.
        await transaction.CommitAsync(CancellationToken.None);
        return access;
    }

    private async Task<LinkAccess> RenewAsync(SlackLink link, CancellationToken cancellationToken)
    {
        var grant = link.ProtectedRefreshToken is { } hidden && Opened(hidden) is { } token
            ? await refresh.RefreshAsync(new RefreshToken(token), cancellationToken)
            : null;
        if (grant is null)
        {
            return new LinkAccess.Ended();
        }

        var (access, next) = (secrets.ProtectToken(grant.Token.Value), grant.Refresh is { } given ? secrets.ProtectToken(given.Value) : null);
        // It is GitHub's only copy of the next token: it is kept, whoever stops waiting.
        await db.SlackLinks.Where(row => row.Id == link.Id).ExecuteUpdateAsync(
            row => row
                .SetProperty(changed => changed.ProtectedToken, access)
                .SetProperty(changed => changed.ProtectedRefreshToken, next)
                .SetProperty(changed => changed.TokenEndsAt, grant.EndsAt),
            CancellationToken.None);
        return new LinkAccess.Granted(link.User, grant.Token);
    }

    private LinkAccess Open(SlackLink link) =>
        Opened(link.ProtectedToken) is { } token ? new LinkAccess.Granted(link.User, new UserToken(token)) : new LinkAccess.Ended();

    /// <returns>Null where the keys of that time are lost.</returns>
    private string? Opened(byte[] hidden)
    {
        try
        {
            return secrets.OpenToken(hidden);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>What a link gives to whoever answers its owner's command.</summary>
internal abstract record LinkAccess
{
    private LinkAccess()
    {
    }

    public abstract T Match<T>(Func<Granted, T> granted, Func<T> unlinked, Func<T> ended);

    /// <param name="Token">In memory only, for this command.</param>
    public sealed record Granted(GitHubUser User, UserToken Token) : LinkAccess
    {
        public override T Match<T>(Func<Granted, T> granted, Func<T> unlinked, Func<T> ended) => granted(this);
    }

    /// <summary>There is no such link any more.</summary>
    public sealed record Unlinked : LinkAccess
    {
        public override T Match<T>(Func<Granted, T> granted, Func<T> unlinked, Func<T> ended) => unlinked();
    }

    /// <summary>GitHub doesn't renew the token: the person has to link again.</summary>
    public sealed record Ended : LinkAccess
    {
        public override T Match<T>(Func<Granted, T> granted, Func<T> unlinked, Func<T> ended) => ended();
    }
}
