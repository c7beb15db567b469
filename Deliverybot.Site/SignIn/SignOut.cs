using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Microsoft.AspNetCore.Authentication;

namespace Deliverybot.Site.SignIn;

/// <summary>Ends sessions, and revokes the request's own token at GitHub.</summary>
internal sealed partial class SignOut(
    GitHubClients gitHub,
    SessionEnds ends,
    SlackLinks slackLinks,
    RecentRepositories recent,
    ILogger<SignOut> logger)
{
    /// <summary>Ends the request's session only: other browsers stay signed in.</summary>
    public async Task OfThisSessionAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (UserSession.TryOf(context) is { } session)
        {
            // First of all: whatever fails after it, a copy of the cookie opens nothing any more.
            await ends.EndAsync(session.Id, cancellationToken);
            await RevokeAsync(session, cancellationToken);
        }

        recent.Forget(context);
        await context.SignOutAsync();
    }

    /// <summary>Ends every session of the user that has begun by now, in whatever browser, and the user's Slack links.</summary>
    public async Task EverywhereAsync(HttpContext context, UserSession session, CancellationToken cancellationToken)
    {
        await ends.EndAllAsync(session.UserId, cancellationToken);
        await slackLinks.EndOfAsync(session.UserId, cancellationToken);
        await OfThisSessionAsync(context, cancellationToken);
    }

    /// <summary>Whatever GitHub answers, the cookie goes: the token was nowhere else, and GitHub ends it after 8 hours.</summary>
    private async Task RevokeAsync(UserSession session, CancellationToken cancellationToken)
    {
        try
        {
            await gitHub.App.RevokeAsync(session.Token, cancellationToken);
        }
        catch (Exception exception) when (exception is RetryLaterException or GitHubRefusedException or OutcomeUnknownException or HttpRequestException)
        {
            Log.NotRevoked(logger, exception, session.Login.Value);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The token of {Login} could not be revoked at GitHub")]
        public static partial void NotRevoked(ILogger logger, Exception exception, string login);
    }
}
