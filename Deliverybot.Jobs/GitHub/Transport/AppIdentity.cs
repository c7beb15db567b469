using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// The App, by a short-lived token that it signs itself:
/// <see href="https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app"/>.
/// </summary>
internal sealed class AppIdentity(IOptions<GitHubOptions> options, Entrance entrance, TimeProvider time) : IGitHubIdentity, IDisposable
{
    // GitHub takes ten minutes at most, by its own clock.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly Lock _signing = new();
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private SigningCredentials? _credentials;
    private RSA? _key;
    private Signed? _current;

    public string Kind => "app";

    public string Who => EntryFaults.App;

    public ValueTask<string> AuthorizeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var current = Volatile.Read(ref _current);
        if (current is null || current.Until <= now)
        {
            lock (_signing)
            {
                current = _current is { } other && other.Until > now ? other : Sign(now);
                Volatile.Write(ref _current, current);
            }
        }

        return ValueTask.FromResult(current.Authorization);
    }

    /// <summary>A new signature bears the time as it is now: the clock may have been set.</summary>
    public bool Discard(string authorization)
    {
        var current = Volatile.Read(ref _current);
        if (current?.Authorization == authorization)
        {
            Interlocked.CompareExchange(ref _current, null, current);
        }

        return false;
    }

    public Exception Rejected(GitHubAnswer answer) => entrance.Unsigned(answer, time.GetUtcNow());

    public void Dispose() => _key?.Dispose();

    private Signed Sign(DateTimeOffset now)
    {
        var appId = options.Value.AppId ?? throw new InvalidOperationException("No GitHub App is configured: GitHub:AppId is missing.");
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = appId.ToString(CultureInfo.InvariantCulture),
            // A minute back, as GitHub advises, for clocks that differ.
            IssuedAt = now.AddSeconds(-60).UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            SigningCredentials = _credentials ??= ReadCredentials(),
        });
        return new Signed("Bearer " + token, now + Lifetime - Margin);
    }

    private SigningCredentials ReadCredentials()
    {
        _key = RSA.Create();
        _key.ImportFromPem(options.Value.ReadPrivateKey()
            ?? throw new InvalidOperationException("No GitHub App is configured: GitHub:PrivateKey is missing."));
        var key = new RsaSecurityKey(_key)
        {
            // The library's own factory would keep the key beyond our disposal, for the whole process.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        return new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
    }

    private sealed record Signed(string Authorization, DateTimeOffset Until);
}
