using System.Linq.Expressions;
using System.Security.Cryptography;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Data.Slack;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Surfaces.Slack.Links;

/// <summary>Who in Slack is whom at GitHub. A link that ends takes its token along: the row goes, and GitHub is told.</summary>
internal sealed partial class SlackLinks(
    DeliverybotContext db, LinkSecrets secrets, GitHubClients gitHub, TimeProvider time, ILogger<SlackLinks> logger) : IEndsWithInstallation
{
    /// <returns>The link's number; null where there is none.</returns>
    public Task<long?> FindAsync(SlackUser user, CancellationToken cancellationToken) =>
        db.SlackLinks.AsNoTracking()
            .Where(link => link.TeamId == user.TeamId && link.SlackUserId == user.UserId)
            .Select(link => (long?)link.Id)
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>A link that the Slack user has already makes way. The new one has a number of its own, so that no earlier command is carried out by it.</summary>
    public async Task AddAsync(NewSlackLink link, CancellationToken cancellationToken)
    {
        List<SlackLink> earlier;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await db.Database.ExecuteSqlAsync(
                $"select pg_advisory_xact_lock(hashtextextended({link.Slack.TeamId + link.Slack.UserId}, 0))", cancellationToken);
            earlier = await TakeAsync(row => row.TeamId == link.Slack.TeamId && row.SlackUserId == link.Slack.UserId, cancellationToken);
            db.SlackLinks.Add(new SlackLink
            {
                TeamId = link.Slack.TeamId,
                SlackUserId = link.Slack.UserId,
                UserId = link.UserId,
                Login = link.Login,
                ProtectedToken = secrets.ProtectToken(link.Grant.Token.Value),
                ProtectedRefreshToken = link.Grant.Refresh is { } refresh ? secrets.ProtectToken(refresh.Value) : null,
                TokenEndsAt = link.Grant.EndsAt,
                LinkedAt = time.GetUtcNow(),
            });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await RevokeAsync(earlier, cancellationToken);
    }

    public Task EndAsync(long id, CancellationToken cancellationToken) => EndAsync(link => link.Id == id, cancellationToken);

    /// <summary>By the GitHub user, who may end only what is theirs.</summary>
    public Task EndAsync(long id, GitHubUserId user, CancellationToken cancellationToken) =>
        EndAsync(link => link.Id == id && link.UserId == user, cancellationToken);

    public Task EndOfAsync(GitHubUserId user, CancellationToken cancellationToken) => EndAsync(link => link.UserId == user, cancellationToken);

    public Task EndOfWorkspaceAsync(string team, CancellationToken cancellationToken) => EndAsync(link => link.TeamId == team, cancellationToken);

    /// <summary>The account has uninstalled the App. Was it the last one, nobody has anything to deploy from Slack.</summary>
    public async Task EndOfInstallationAsync(InstallationId id, GitHubUserId? account, CancellationToken cancellationToken)
    {
        if (await db.Installations.AnyAsync(other => other.Id != id, cancellationToken))
        {
            await EndAsync(link => link.UserId == account, cancellationToken);
            return;
        }

        await EndAllAsync(cancellationToken);
    }

    /// <summary>All links there are, and the commands that were still to be answered.</summary>
    public async Task EndAllAsync(CancellationToken cancellationToken)
    {
        await EndAsync(_ => true, cancellationToken);
        await db.SlackRequests.ExecuteDeleteAsync(cancellationToken);
    }

    private async Task EndAsync(Expression<Func<SlackLink, bool>> which, CancellationToken cancellationToken) =>
        await RevokeAsync(await TakeAsync(which, cancellationToken), cancellationToken);

    private async Task<List<SlackLink>> TakeAsync(Expression<Func<SlackLink, bool>> which, CancellationToken cancellationToken)
    {
        var links = await db.SlackLinks.AsNoTracking().Where(which).ToListAsync(cancellationToken);
        if (links.Count > 0)
        {
            var ids = links.ConvertAll(link => link.Id);
            await db.SlackLinks.Where(link => ids.Contains(link.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        return links;
    }

    /// <summary>The row is gone, and with it the only copy of the token; GitHub would end it by itself within 8 hours.</summary>
    private async Task RevokeAsync(List<SlackLink> ended, CancellationToken cancellationToken)
    {
        foreach (var link in ended)
        {
            try
            {
                await gitHub.App.RevokeAsync(new UserToken(secrets.OpenToken(link.ProtectedToken)), cancellationToken);
            }
            catch (Exception fault) when (fault is RetryLaterException or GitHubRefusedException or OutcomeUnknownException or CryptographicException)
            {
                Log.NotRevoked(logger, fault, link.Login);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A Slack link of {Login} has ended here, but GitHub could not be told: its token ends there within 8 hours.")]
        public static partial void NotRevoked(ILogger logger, Exception fault, GitHubLogin login);
    }
}

/// <summary>Who is to act as whom, and what GitHub has given for it.</summary>
internal sealed record NewSlackLink(SlackUser Slack, GitHubUserId UserId, GitHubLogin Login, UserGrant Grant);
