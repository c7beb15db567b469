using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Tokens;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>The <c>authorization</c> shape: what a user has let the App do.</summary>
internal static class AuthorizationJson
{
    public static JsonObject Of(GitHubWorld world, UserToken token) => new()
    {
        ["id"] = token.User.Id,
        ["url"] = $"{world.Urls.Api}/authorizations/{token.User.Id}",
        ["scopes"] = new JsonArray(),
        ["token"] = token.Token,
        ["token_last_eight"] = token.Token[^8..],
        ["hashed_token"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token.Token))),
        ["app"] = new JsonObject
        {
            ["client_id"] = world.App.ClientId,
            ["name"] = "Deliverybot",
            ["url"] = $"{world.Urls.Root}/apps/{world.App.Slug}",
        },
        ["note"] = null,
        ["note_url"] = null,
        ["created_at"] = token.IssuedAt.Iso(),
        ["updated_at"] = token.IssuedAt.Iso(),
        ["fingerprint"] = null,
        ["user"] = AccountJson.Simple(world.Urls, token.User),
        ["expires_at"] = token.ExpiresAt.Iso(),
    };
}
