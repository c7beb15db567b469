using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Deliverybot.Site.SignIn;

/// <summary>
/// The data-protection keys, read again after a minute: ASP.NET Core would go on for a day with those that another process has
/// revoked (<see href="https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/key-management"/>).
/// </summary>
internal sealed class FreshKeys(XmlKeyManager keys, TimeProvider time) : IKeyManager, IDisposable
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lock _changing = new();
    private CancellationTokenSource? _minute;
    private CancellationTokenSource? _either;

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => keys.CreateNewKey(activationDate, expirationDate);

    public IReadOnlyCollection<IKey> GetAllKeys() => keys.GetAllKeys();

    public void RevokeKey(Guid keyId, string? reason = null) => keys.RevokeKey(keyId, reason);

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => keys.RevokeAllKeys(revocationDate, reason);

    public CancellationToken GetCacheExpirationToken()
    {
        lock (_changing)
        {
            Dispose();
            _minute = new CancellationTokenSource(Longest, time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_minute.Token, keys.GetCacheExpirationToken());
            return _either.Token;
        }
    }

    public void Dispose()
    {
        _either?.Dispose();
        _minute?.Dispose();
    }
}
