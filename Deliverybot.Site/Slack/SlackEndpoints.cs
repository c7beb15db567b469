using Deliverybot.Jobs.Surfaces.Slack;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Deliverybot.Site.Addresses;
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
        routes.MapPost(Address.SlackCommands, (HttpContext context, SlackEndpoint endpoint) => endpoint.ReceiveAsync(context, context.RequestAborted))
            .ShortCircuit();
        routes.MapGet(Address.SlackInstall, Install).RequireAuthorization();
        routes.MapGet(Address.SlackLink, Link).RequireAuthorization();
        routes.MapPost(Address.SlackLink, ConfirmAsync).RequireAuthorization().AddEndpointFilter<AntiforgeryFilter>();
        // Our own filter checks the form, as everywhere.
        routes.MapPost(Address.SlackUnlink, UnlinkAsync).RequireAuthorization().DisableAntiforgery().AddEndpointFilter<AntiforgeryFilter>();
    }

    private static ChallengeHttpResult Install(UserSession session) =>
        TypedResults.Challenge(SlackLinking.Begin(session, Address.SlackLink), [SlackSchemes.Install]);

    private static ChallengeHttpResult Link(UserSession session) =>
        TypedResults.Challenge(SlackLinking.Begin(session, Address.SlackConfirm), [SlackSchemes.Identity]);

    /// <summary>The person has seen both accounts and said yes: GitHub is asked for the link's own token.</summary>
    private static async Task<IResult> ConfirmAsync(HttpContext context, SlackWorkspaces workspaces, CancellationToken cancellationToken)
    {
        var pending = await context.AuthenticateAsync(SlackSchemes.Pending);
        await context.SignOutAsync(SlackSchemes.Pending);
        if (SlackClaims.Identity(pending.Principal) is not { } identity)
        {
            return new SeeOtherHttpResult(LinkFault.Unfinished.Page());
        }

        if (await SlackLinking.StillOfAsync(context, pending.Properties) is not { } session)
        {
            return new SeeOtherHttpResult(LinkFault.OtherSession.Page());
        }

        return await workspaces.HasAsync(identity.User.TeamId, cancellationToken)
            ? TypedResults.Challenge(SlackLinking.Authorize(session, identity.User), [GitHubAuthenticationDefaults.AuthenticationScheme])
            : new SeeOtherHttpResult(LinkFault.NotAdded.Page());
    }

    private static async Task<SeeOtherHttpResult> UnlinkAsync([FromForm] long id, UserSession session, SlackLinks links, CancellationToken cancellationToken)
    {
        await links.EndAsync(id, session.UserId, cancellationToken);
        return new SeeOtherHttpResult(Address.Settings);
    }
}
