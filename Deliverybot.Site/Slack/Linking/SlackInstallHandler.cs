using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Deliverybot.Site.Slack.Linking;

/// <summary>
/// Slack's OAuth v2 (<see href="https://docs.slack.dev/authentication/installing-with-oauth"/>). The workspace's token, which comes with
/// the answer, isn't kept: commands need none.
/// </summary>
internal sealed class SlackInstallHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    protected override Task<AuthenticationTicket> CreateTicketAsync(
        ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        if (tokens.Response?.RootElement.TryGetProperty("team", out var team) is true && team.ValueKind == JsonValueKind.Object)
        {
            Add("id", SlackClaims.TeamId);
            Add("name", SlackClaims.TeamName);

            void Add(string property, string claim)
            {
                if (team.TryGetProperty(property, out var value) && value.GetString() is { } text)
                {
                    identity.AddClaim(new Claim(claim, text, ClaimValueTypes.String, ClaimsIssuer));
                }
            }
        }

        return Task.FromResult(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name));
    }
}
