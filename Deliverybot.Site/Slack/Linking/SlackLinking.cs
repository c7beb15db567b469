using System.Globalization;
using System.Security.Claims;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Surfaces.Slack;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.SignIn;
using Deliverybot.Site.SignIn.GitHubOAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Deliverybot.Site.Slack.Linking;

/// <summary>
/// Links who somebody is in Slack to who they are at GitHub. Each step belongs to the browser it was begun in, by the cookie of its
/// handler, and to the GitHub user who began it; so nobody can be made to finish what somebody else has begun.
/// </summary>
internal sealed class SlackLinking(SlackLinks links, SlackWorkspaces workspaces, GitHubClients gitHub)
{
    private const string UserItem = "deliverybot.slack.by";
    private const string TeamIdItem = "deliverybot.slack.team";
    private const string UserIdItem = "deliverybot.slack.user";

    /// <summary>Whether GitHub's answer is about a link, and not about a session.</summary>
    public static bool IsLinking(AuthenticationProperties properties) => properties.Items.ContainsKey(UserIdItem);

    /// <summary>For the way to Slack and back.</summary>
    public static AuthenticationProperties Begin(UserSession session, string then) =>
        new() { RedirectUri = then, Items = { [UserItem] = session.UserId.ToString() } };

    /// <summary>A link has an authorisation of its own at GitHub, with a refresh token, so that the session's token stays with the session.</summary>
    public static AuthenticationProperties Authorize(UserSession session, SlackUser user)
    {
        var properties = Begin(session, Address.Settings);
        properties.Items[TeamIdItem] = user.TeamId;
        properties.Items[UserIdItem] = user.UserId;
        return properties;
    }

    /// <summary>Whether the GitHub user who began it is still the one who is signed in in this browser.</summary>
    public static async Task<UserSession?> StillOfAsync(HttpContext context, AuthenticationProperties? properties)
    {
        var session = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return UserSession.TryOf(session.Principal, session.Properties) is { } current
            && properties?.Items.TryGetValue(UserItem, out var began) is true
            && began == current.UserId.ToString()
                ? current
                : null;
    }

    /// <summary>The workspace has said yes.</summary>
    /// <returns>Where to go now.</returns>
    public async Task<string> AddWorkspaceAsync(HttpContext context, ClaimsPrincipal? workspace, AuthenticationProperties? properties)
    {
        if (await StillOfAsync(context, properties) is null)
        {
            return LinkFault.OtherSession.Page();
        }

        if (workspace?.FindFirstValue(SlackClaims.TeamId) is not { Length: > 0 } id)
        {
            return LinkFault.NoWorkspace.Page();
        }

        await workspaces.AddAsync(new SlackTeam(id, workspace.FindFirstValue(SlackClaims.TeamName) ?? id), context.RequestAborted);
        return Address.SlackLink;
    }

    /// <summary>GitHub has given the link's own token.</summary>
    /// <returns>Where to go now.</returns>
    public async Task<string> FinishAsync(HttpContext context, ClaimsPrincipal? user, AuthenticationProperties properties)
    {
        var grant = GrantOf(properties);
        if (await StillOfAsync(context, properties) is not { } session)
        {
            return await RefuseAsync(grant, LinkFault.OtherSession, context.RequestAborted);
        }

        if (user?.FindFirstValue(ClaimTypes.NameIdentifier) != session.UserId.ToString()
            || user.FindFirstValue(GitHubAuthenticationConstants.Claims.Login) is not { } login)
        {
            return await RefuseAsync(grant, LinkFault.OtherAccount, context.RequestAborted);
        }

        var slack = new SlackUser(properties.Items[TeamIdItem]!, properties.Items[UserIdItem]!);
        if (!await workspaces.HasAsync(slack.TeamId, context.RequestAborted))
        {
            return await RefuseAsync(grant, LinkFault.NotAdded, context.RequestAborted);
        }

        await links.AddAsync(new NewSlackLink(slack, session.UserId, new GitHubLogin(login), grant), context.RequestAborted);
        return Address.Settings;
    }

    private async Task<string> RefuseAsync(UserGrant grant, LinkFault why, CancellationToken cancellationToken)
    {
        await gitHub.App.RevokeAsync(grant.Token, cancellationToken);
        return why.Page();
    }

    private static UserGrant GrantOf(AuthenticationProperties properties) => new(
        new UserToken(properties.GetTokenValue("access_token")!),
        properties.GetTokenValue("refresh_token") is { Length: > 0 } refresh ? new RefreshToken(refresh) : null,
        DateTimeOffset.TryParse(properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var end) ? end : null);
}
