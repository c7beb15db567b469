using Deliverybot.Data.Names;
using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Jobs.Events.PullRequests;

/// <summary>
/// When a fork's pull request is looked at: at once, and again after ten minutes at the earliest, for anybody may push to it at any
/// rate. Each look is at the newest head, so none is lost. By this process alone; others may look as well.
/// </summary>
internal sealed class ForkLooks(TimeProvider time) : IDisposable
{
    private const int MostPullRequests = 10_000;

    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _last = new(new MemoryCacheOptions { SizeLimit = MostPullRequests });
    private readonly Lock _one = new();

    /// <returns>When the look is to be; null where one is to come already.</returns>
    public DateTimeOffset? Plan(RepositoryId repository, PullRequestNumber number)
    {
        lock (_one)
        {
            var now = time.GetUtcNow();
            if (_last.TryGetValue((repository, number), out DateTimeOffset last) && last > now)
            {
                return null;
            }

            var next = last + Apart > now ? last + Apart : now;
            _last.Set((repository, number), next, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = 2 * Apart });
            return next;
        }
    }

    public void Dispose() => _last.Dispose();
}
