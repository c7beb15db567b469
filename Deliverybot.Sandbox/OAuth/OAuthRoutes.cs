using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.Tokens;

namespace Deliverybot.Sandbox.OAuth;

/// <summary>
/// Trading codes and refresh tokens for user tokens, and taking these back.
/// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app
/// </summary>
internal static class OAuthRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Add(new RestRoute("POST", "/login/oauth/access_token", Access.Anyone, Exchange) { Prefix = "", CountsForRateLimit = false });
        routes.Delete("/applications/{client_id}/token", Access.Anyone, Revoke);
        routes.Delete("/applications/{client_id}/grant", Access.Anyone, RevokeGrant);
        routes.Post("/applications/{client_id}/token", Access.Anyone, Check);
    }

    private static RestAnswer Exchange(RestCall call)
    {
        if (call.Text("client_id") != call.World.App.ClientId || call.Text("client_secret") != call.World.App.ClientSecret)
        {
            return Refused(call, "incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect.");
        }

        if (call.Text("grant_type") == "refresh_token")
        {
            return call.World.Tokens.Refresh(call.Text("refresh_token") ?? "") is { } renewed
                ? Granted(call, renewed)
                : Refused(call, "bad_refresh_token", "The refresh token passed is incorrect or expired.");
        }

        var code = call.World.Tokens.RedeemCode(call.Text("code") ?? "");
        if (code is null || !Proves(call.Text("code_verifier"), code.CodeChallenge))
        {
            return Refused(call, "bad_verification_code", "The code passed is incorrect or expired.");
        }

        return call.Text("redirect_uri") is { } redirect && redirect != code.RedirectUri
            ? Refused(call, "redirect_uri_mismatch", "The redirect_uri MUST match the registered callback URL for this application.")
            : Granted(call, call.World.Tokens.IssueUser(code.User));
    }

    // https://datatracker.ietf.org/doc/html/rfc7636#section-4.6, S256 only
    private static bool Proves(string? verifier, string? challenge)
    {
        if (challenge is null)
        {
            return true;
        }

        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier ?? "")));
        return hash.TrimEnd('=').Replace('+', '-').Replace('/', '_') == challenge;
    }

    private static RestAnswer Granted(RestCall call, UserToken token)
    {
        var body = new JsonObject { ["access_token"] = token.Token, ["token_type"] = "bearer", ["scope"] = "" };
        if (token.ExpiresAt is { } ends && token.RefreshExpiresAt is { } refreshEnds)
        {
            body["expires_in"] = (long)(ends - call.World.Time.GetUtcNow()).TotalSeconds;
            body["refresh_token"] = token.RefreshToken;
            body["refresh_token_expires_in"] = (long)(refreshEnds - call.World.Time.GetUtcNow()).TotalSeconds;
        }

        return Formatted(call, body);
    }

    // GitHub answers 200 and puts the error into the body.
    private static RestAnswer Refused(RestCall call, string error, string description) => Formatted(call, new JsonObject
    {
        ["error"] = error,
        ["error_description"] = description,
        ["error_uri"] = "https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors",
    });

    private static RestAnswer Formatted(RestCall call, JsonObject body) =>
        call.Request.Headers.Accept.ToString().Contains("json", StringComparison.Ordinal)
            ? RestAnswer.Ok(body)
            : new RestAnswer(200)
            {
                Raw = Encoding.UTF8.GetBytes(string.Join('&', body.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!.ToString())}"))),
                ContentType = "application/x-www-form-urlencoded; charset=utf-8",
            };

    private static RestAnswer Revoke(RestCall call)
    {
        RequireClient(call);
        return call.World.Tokens.RevokeUser(call.Required("OauthAccess", "access_token")) ? RestAnswer.NoContent : throw RestRefusal.NotFound();
    }

    private static RestAnswer RevokeGrant(RestCall call)
    {
        RequireClient(call);
        var token = call.World.Tokens.FindUser(call.Required("OauthAccess", "access_token")) ?? throw RestRefusal.NotFound();
        call.World.Tokens.RevokeAllOf(token.User);
        return RestAnswer.NoContent;
    }

    private static RestAnswer Check(RestCall call)
    {
        RequireClient(call);
        var token = call.World.Tokens.FindUser(call.Required("OauthAccess", "access_token")) ?? throw RestRefusal.NotFound();
        return RestAnswer.Ok(AuthorizationJson.Of(call.World, token));
    }

    private static void RequireClient(RestCall call)
    {
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{call.World.App.ClientId}:{call.World.App.ClientSecret}"));
        if (call.Route("client_id") != call.World.App.ClientId || call.Request.Headers.Authorization != $"Basic {expected}")
        {
            throw RestRefusal.NotFound();
        }
    }
}
