using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Site.Rights;

/// <summary>
/// What GitHub said of a user's rights: it counts for a minute, and for looking where GitHub doesn't answer, for ten. Kept by a hash of the
/// token, so by session.
/// </summary>
internal sealed class RememberedAccess(IMemoryCache cache, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>For looking, where GitHub has a fault and says neither yes nor no.</summary>
    public static readonly TimeSpan LongestInFault = TimeSpan.FromMinutes(10);

    public RepositoryAccess? Find(UserToken token, RepositoryName repository) =>
        cache.TryGetValue(KeyOf(token, repository), out Entry? entry) && time.GetUtcNow() - entry!.At < Longest && !HasEnded(token, entry.At) ? entry.Access : null;

    /// <summary>The last that GitHub said, for as long as it has a fault. None where it has refused the token or the question since.</summary>
    public (RepositoryAccess Access, DateTimeOffset At)? FindInFault(UserToken token, RepositoryName repository) =>
        cache.TryGetValue(KeyOf(token, repository), out Entry? entry) && time.GetUtcNow() - entry!.At < LongestInFault
            && !HasEnded(token, entry.At)
            ? (entry.Access, entry.At)
            : null;

    /// <summary>Whether GitHub has said that it doesn't take the token any more, at that time or since.</summary>
    public bool HasEnded(UserToken token, DateTimeOffset since) => cache.TryGetValue(EndOf(token), out DateTimeOffset ended) && ended >= since;

    public void Remember(UserToken token, RepositoryName repository, RepositoryAccess access) =>
        cache.Set(KeyOf(token, repository), new Entry(access, time.GetUtcNow()), LongestInFault);

    public void Forget(UserToken token, RepositoryName repository) => cache.Remove(KeyOf(token, repository));

    /// <summary>GitHub doesn't take the token any more: nothing that was said to it counts.</summary>
    public void Forget(UserToken token) => cache.Set(EndOf(token), time.GetUtcNow(), LongestInFault);

    /// <summary>GitHub was asked just now and didn't answer: so long those who have an older answer don't wait for it again.</summary>
    public void NoteFault(UserToken token, RepositoryName repository, RetryLaterException fault) =>
        cache.Set(new FaultKey(HashOf(token), repository), fault, fault.At - time.GetUtcNow() is { Ticks: > 0 } soon ? soon : TimeSpan.FromSeconds(1));

    public RetryLaterException? FaultOf(UserToken token, RepositoryName repository) =>
        cache.TryGetValue(new FaultKey(HashOf(token), repository), out RetryLaterException? fault) && fault!.At > time.GetUtcNow() ? fault : null;

    public static string HashOf(UserToken token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token.Value)));

    private static Key KeyOf(UserToken token, RepositoryName repository) => new(HashOf(token), repository);

    private static EndKey EndOf(UserToken token) => new(HashOf(token));

    private sealed record Key(string TokenHash, RepositoryName Repository);

    private sealed record EndKey(string TokenHash);

    private sealed record FaultKey(string TokenHash, RepositoryName Repository);

    private sealed record Entry(RepositoryAccess Access, DateTimeOffset At);
}
