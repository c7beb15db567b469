using Deliverybot.Jobs.Slack;
using Deliverybot.Jobs.Slack.Links;
using Deliverybot.Site.Pages.Settings;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.SignIn.GitHubOAuth;
using Deliverybot.Site.Slack.Linking;
using Deliverybot.Site.Slack.SlackNet;
using Deliverybot.Site.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Site.Slack;

internal static class SlackEndpoints
{
    public static void MapSlack(this IEndpointRouteBuilder routes)
    {
        // Anonymous: the signature is the right. Runs before sign-in and antiforgery, which it doesn't need.
        routes.MapPost(SlackRoutes.Commands, (HttpContext context, SlackEndpoint endpoint) => endpoint.ReceiveAsync(context, context.RequestAborted))
            .ShortCircuit();
        routes.MapGet(SlackRoutes.Install, Install).RequireAuthorization();
        routes.MapGet(SlackRoutes.Link, Link).RequireAuthorization();
        routes.MapPost(SlackRoutes.Link, ConfirmAsync).RequireAuthorization().AddEndpointFilter<AntiforgeryFilter>();
        // Our own filter checks the form, as everywhere.
        routes.MapPost(SlackRoutes.Unlink, UnlinkAsync).RequireAuthorization().DisableAntiforgery().AddEndpointFilter<AntiforgeryFilter>();
    }

    private static ChallengeHttpResult Install(UserSession session) =>
        TypedResults.Challenge(SlackLinking.Begin(session, SlackRoutes.Link), [SlackSchemes.Install]);

    private static ChallengeHttpResult Link(UserSession session) =>
        TypedResults.Challenge(SlackLinking.Begin(session, SlackRoutes.Confirm), [SlackSchemes.Identity]);

    /// <summary>The person has seen both accounts and said yes: GitHub is asked for the link's own token.</summary>
    private static async Task<IResult> ConfirmAsync(HttpContext context, SlackWorkspaces workspaces, CancellationToken cancellationToken)
    {
        var pending = await context.AuthenticateAsync(SlackSchemes.Pending);
        await context.SignOutAsync(SlackSchemes.Pending);
        if (SlackClaims.Identity(pending.Principal) is not { } identity)
        {
            return new SeeOtherHttpResult(SlackRoutes.FailedBecause(LinkFault.Unfinished));
        }

        if (await SlackLinking.StillOfAsync(context, pending.Properties) is not { } session)
        {
            return new SeeOtherHttpResult(SlackRoutes.FailedBecause(LinkFault.OtherSession));
        }

        return await workspaces.HasAsync(identity.User.TeamId, cancellationToken)
            ? TypedResults.Challenge(SlackLinking.Authorize(session, identity.User), [GitHubAuthenticationDefaults.AuthenticationScheme])
            : new SeeOtherHttpResult(SlackRoutes.FailedBecause(LinkFault.NotAdded));
    }

    private static async Task<SeeOtherHttpResult> UnlinkAsync([FromForm] long id, UserSession session, SlackLinks links, CancellationToken cancellationToken)
    {
        await links.EndAsync(id, session.UserId, cancellationToken);
        return new SeeOtherHttpResult(SettingsLinks.Settings);
    }
}
