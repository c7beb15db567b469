using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Site.Rights;

/// <summary>What GitHub said of a user's rights within the last minute. Kept by a hash of the token, so by session.</summary>
internal sealed class RememberedAccess(IMemoryCache cache, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public RepositoryAccess? Find(UserToken token, RepositoryName repository) =>
        cache.TryGetValue(KeyOf(token, repository), out Entry? entry) && time.GetUtcNow() - entry!.At < Longest ? entry.Access : null;

    public void Remember(UserToken token, RepositoryName repository, RepositoryAccess access) =>
        cache.Set(KeyOf(token, repository), new Entry(access, time.GetUtcNow()), Longest);

    public void Forget(UserToken token, RepositoryName repository) => cache.Remove(KeyOf(token, repository));

    private static Key KeyOf(UserToken token, RepositoryName repository) =>
        new(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token.Value))), repository);

    private sealed record Key(string TokenHash, RepositoryName Repository);

    private sealed record Entry(RepositoryAccess Access, DateTimeOffset At);
}
