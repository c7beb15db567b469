using System.Collections.Concurrent;
using System.Security.Cryptography;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Tokens;

/// <summary>All tokens and codes that were handed out and still count.</summary>
internal sealed class TokenVault(TimeProvider time)
{
    private static readonly TimeSpan InstallationTokenLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan UserTokenLife = TimeSpan.FromHours(8);
    private static readonly TimeSpan RefreshTokenLife = TimeSpan.FromDays(184);
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, InstallationToken> _installation = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, UserToken> _user = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, UserToken> _refresh = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AuthorizationCode> _codes = new(StringComparer.Ordinal);

    /// <summary>Whether user tokens end after eight hours and come with a refresh token.</summary>
    public bool ExpiringUserTokens { get; set; } = true;

    public InstallationToken IssueInstallation(long installation, IReadOnlySet<long>? repositories, IReadOnlyDictionary<string, string>? permissions)
    {
        var token = new InstallationToken(NewToken("ghs_"), installation, repositories, permissions, time.GetUtcNow() + InstallationTokenLife);
        _installation[token.Token] = token;
        return token;
    }

    public UserToken IssueUser(Account user)
    {
        var now = time.GetUtcNow();
        var token = ExpiringUserTokens
            ? new UserToken(NewToken("ghu_"), user, now, now + UserTokenLife, NewToken("ghr_"), now + RefreshTokenLife)
            : new UserToken(NewToken("ghu_"), user, now, null, null, null);
        _user[token.Token] = token;
        if (token.RefreshToken is not null)
        {
            _refresh[token.RefreshToken] = token;
        }

        return token;
    }

    public string IssueCode(Account user, string? redirectUri, string? challenge)
    {
        var code = RandomNumberGenerator.GetHexString(20, lowercase: true);
        _codes[code] = new AuthorizationCode(code, user, redirectUri, challenge, time.GetUtcNow() + CodeLife);
        return code;
    }

    public InstallationToken? FindInstallation(string token) =>
        _installation.TryGetValue(token, out var found) && found.ExpiresAt > time.GetUtcNow() ? found : null;

    public UserToken? FindUser(string token) =>
        _user.TryGetValue(token, out var found) && !(found.ExpiresAt <= time.GetUtcNow()) ? found : null;

    public AuthorizationCode? RedeemCode(string code) =>
        _codes.TryRemove(code, out var found) && found.ExpiresAt > time.GetUtcNow() ? found : null;

    /// <summary>A refresh token is good once and takes its access token with it.</summary>
    public UserToken? Refresh(string refreshToken)
    {
        if (!_refresh.TryRemove(refreshToken, out var old) || old.RefreshExpiresAt <= time.GetUtcNow())
        {
            return null;
        }

        _user.TryRemove(old.Token, out _);
        return IssueUser(old.User);
    }

    public bool RevokeUser(string token)
    {
        if (!_user.TryRemove(token, out var found))
        {
            return false;
        }

        if (found.RefreshToken is not null)
        {
            _refresh.TryRemove(found.RefreshToken, out _);
        }

        return true;
    }

    /// <summary>Ends every token of a user, as when the user revokes the App.</summary>
    public void RevokeAllOf(Account user)
    {
        foreach (var token in _user.Values.Where(token => token.User.Id == user.Id).ToList())
        {
            RevokeUser(token.Token);
        }
    }

    public bool RevokeInstallationToken(string token) => _installation.TryRemove(token, out _);

    public void RevokeInstallation(long installation)
    {
        foreach (var token in _installation.Values.Where(token => token.InstallationId == installation).ToList())
        {
            _installation.TryRemove(token.Token, out _);
        }
    }

    private static string NewToken(string prefix) => prefix + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 36);
}
