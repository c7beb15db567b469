using System.Net;
using Deliverybot.Data.Names;
using Microsoft.Extensions.Caching.Memory;
using Octokit.Caching;
using Octokit.Internal;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// Answers kept for their ETag: GitHub answers 304 to what hasn't changed, and doesn't count it. All share one bounded
/// store, and each key holds the installation, so that none ever sees what another was answered.
/// </summary>
internal sealed class ETagCache(ETagStore store, InstallationId owner) : IResponseCache
{
    private const int LargestBody = 256 * 1024;

    public Task<CachedResponse.V1> GetAsync(IRequest request) =>
        Task.FromResult(store.Entries.Get<CachedResponse.V1>(Key(request))!);

    public Task SetAsync(IRequest request, CachedResponse.V1 cachedResponse)
    {
        if (cachedResponse is { StatusCode: HttpStatusCode.OK, ApiInfo.Etag.Length: > 0, Body: string { Length: <= LargestBody } body })
        {
            store.Entries.Set(Key(request), cachedResponse, new MemoryCacheEntryOptions { Size = (body.Length * sizeof(char)) + 1024 });
        }

        return Task.CompletedTask;
    }

    private (InstallationId, Uri) Key(IRequest request) => (owner, new Uri(request.BaseAddress, request.Endpoint));
}

/// <summary>The memory behind all installations' <see cref="ETagCache"/>s; its size is counted in bytes.</summary>
internal sealed class ETagStore : IDisposable
{
    public MemoryCache Entries { get; } = new(new MemoryCacheOptions
    {
        SizeLimit = 16 * 1024 * 1024,
        ExpirationScanFrequency = TimeSpan.FromMinutes(5),
    });

    public void Dispose() => Entries.Dispose();
}
