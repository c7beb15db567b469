using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Deliverybot.Sandbox.Rest;

/// <summary>
/// Checks the JWT by which the App names itself.
/// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
/// </summary>
internal sealed class AppJwt : IDisposable
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClockDrift = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new();
    private readonly AppCredentials _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, RSA> _keys = new();

    public AppJwt(AppCredentials app, TimeProvider time)
    {
        _app = app;
        _time = time;
        Add(app.PrivateKeyPem);
    }

    /// <summary>An App may have several: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps</summary>
    public void Add(string pem)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        _keys[pem] = key;
    }

    public void Delete(string pem)
    {
        if (_keys.TryRemove(pem, out var key))
        {
            key.Dispose();
        }
    }

    public async Task RequireValidAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = _keys.Values.Select(key => new RsaSecurityKey(key.ExportParameters(includePrivateParameters: false))),
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidateAudience = false,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
        {
            throw RestRefusal.Of(401, "A JSON web token could not be decoded");
        }

        if (jwt.Issuer != _app.AppId.ToString(CultureInfo.InvariantCulture) && jwt.Issuer != _app.ClientId)
        {
            throw RestRefusal.Of(404, "Integration not found");
        }

        var now = _time.GetUtcNow().UtcDateTime;
        if (jwt.ValidTo <= now)
        {
            throw RestRefusal.Of(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
        }

        if (jwt.ValidTo - now > LongestLife)
        {
            throw RestRefusal.Of(401, "'Expiration time' claim ('exp') is too far in the future");
        }

        if (jwt.IssuedAt - now > ClockDrift)
        {
            throw RestRefusal.Of(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
