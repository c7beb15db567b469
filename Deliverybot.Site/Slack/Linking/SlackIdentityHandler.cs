using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Deliverybot.Site.Slack.Linking;

/// <summary>
/// Sign in with Slack, OpenID Connect on top of the framework's OAuth handler: that binds <c>state</c> to the browser; the nonce binds the
/// id token to the request. The id token comes straight from Slack by TLS, which vouches for it
/// (<see href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation"/>, 6).
/// </summary>
internal sealed class SlackIdentityHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    private const string NonceItem = "deliverybot.nonce";

    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        properties.Items[NonceItem] = nonce;
        return QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), "nonce", nonce);
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(
        ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var written = tokens.Response?.RootElement.TryGetProperty("id_token", out var value) is true ? value.GetString() : null;
        var token = new JsonWebToken(written ?? throw new AuthenticationFailureException("Slack gave no id token."));
        if (FaultOf(token, properties) is { } fault)
        {
            throw new AuthenticationFailureException(fault);
        }

        foreach (var type in new[] { SlackClaims.TeamId, SlackClaims.UserId, SlackClaims.TeamName, SlackClaims.Name })
        {
            if (token.TryGetClaim(type, out var claim))
            {
                identity.AddClaim(new Claim(type, claim.Value, ClaimValueTypes.String, ClaimsIssuer));
            }
        }

        var context = new OAuthCreatingTicketContext(
            new ClaimsPrincipal(identity), properties, Context, Scheme, Options, Backchannel, tokens, tokens.Response!.RootElement);
        await Events.CreatingTicket(context);
        return new AuthenticationTicket(context.Principal!, context.Properties, Scheme.Name);
    }

    private string? FaultOf(JsonWebToken token, AuthenticationProperties properties)
    {
        var now = TimeProvider.GetUtcNow().UtcDateTime;
        var root = new Uri(Options.AuthorizationEndpoint).GetLeftPart(UriPartial.Authority);
        return token switch
        {
            _ when token.Issuer.TrimEnd('/') != root => "The id token isn't Slack's.",
            _ when !token.Audiences.Contains(Options.ClientId) => "The id token is for another app.",
            _ when token.ValidTo < now - ClocksDiffer => "The id token has ended.",
            _ when !properties.Items.TryGetValue(NonceItem, out var nonce)
                || !token.TryGetPayloadValue<string>("nonce", out var told)
                || told != nonce => "The id token answers another request.",
            _ => null,
        };
    }
}
