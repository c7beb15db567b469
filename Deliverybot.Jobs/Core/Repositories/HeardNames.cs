using System.Collections.Concurrent;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Core.Repositories;

/// <summary>Which repositories' names this process has heard of lately: GitHub needn't be asked for those before something is done there.</summary>
internal sealed class HeardNames(TimeProvider time)
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<RepositoryId, DateTimeOffset> _heard = new();

    public void Note(RepositoryId repository) => _heard[repository] = time.GetUtcNow();

    public bool IncludeLately(RepositoryId repository) => _heard.TryGetValue(repository, out var at) && time.GetUtcNow() - at < Lately;
}
