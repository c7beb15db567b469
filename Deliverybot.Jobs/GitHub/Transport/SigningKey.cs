using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>A private key of the App, which signs the short-lived tokens by which it names itself.</summary>
internal sealed class SigningKey : IDisposable
{
    // GitHub takes ten minutes at most, by its own clock.
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly RSA _key = RSA.Create();
    private readonly SigningCredentials _credentials;

    /// <param name="pem">PKCS#1 or PKCS#8.</param>
    public SigningKey(string pem)
    {
        _key.ImportFromPem(pem);
        var key = new RsaSecurityKey(_key)
        {
            // The library's own factory would keep the key beyond our disposal, for the whole process.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        _credentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
    }

    /// <returns>The value of the <c>Authorization</c> header, good for <see cref="Lifetime"/>.</returns>
    public string Sign(long appId, DateTimeOffset now) => "Bearer " + Handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = appId.ToString(CultureInfo.InvariantCulture),
        // A minute back, as GitHub advises, for clocks that differ.
        IssuedAt = now.AddSeconds(-60).UtcDateTime,
        Expires = (now + Lifetime).UtcDateTime,
        SigningCredentials = _credentials,
    });

    public void Dispose() => _key.Dispose();
}
