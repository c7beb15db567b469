using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Site.Rights;

/// <summary>Whose a token is, as GitHub said within the last minute: a login may be somebody else's since sign-in, and an account may be gone.</summary>
internal sealed class RememberedPerson(GitHubClients gitHub, IMemoryCache cache, TimeProvider time)
{
    public async Task<GitHubUser> AskAsync(UserToken token, CancellationToken cancellationToken)
    {
        var key = new Key(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token.Value))));
        if (cache.TryGetValue(key, out Entry? entry) && time.GetUtcNow() - entry!.At < RememberedAccess.Longest)
        {
            return entry.Person;
        }

        var person = (await gitHub.User(token).GetSelfAsync(cancellationToken)).User;
        cache.Set(key, new Entry(person, time.GetUtcNow()), RememberedAccess.Longest);
        return person;
    }

    private sealed record Key(string TokenHash);

    private sealed record Entry(GitHubUser Person, DateTimeOffset At);
}
