using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Deliverybot.Sandbox.Slack;

/// <summary>Slack's id tokens (<see href="https://docs.slack.dev/authentication/sign-in-with-slack/"/>).</summary>
internal sealed class SlackIdTokens(SlackTown town, TimeProvider time) : IDisposable
{
    // Made when somebody signs in: it takes long, and most never do.
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));

    public string Of(SlackMember member, string? nonce)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>
        {
            ["sub"] = member.Id,
            ["name"] = member.Name,
            ["https://slack.com/user_id"] = member.Id,
            ["https://slack.com/team_id"] = town.TeamId,
            ["https://slack.com/team_name"] = town.TeamName,
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = town.Url.GetLeftPart(UriPartial.Authority),
            Audience = town.App.ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + TimeSpan.FromMinutes(5),
            Claims = claims,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key.Value), SecurityAlgorithms.RsaSha256),
        });
    }

    public void Dispose()
    {
        if (key.IsValueCreated)
        {
            key.Value.Dispose();
        }
    }
}
