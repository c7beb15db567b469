using Microsoft.Extensions.Caching.Memory;

namespace Deliverybot.Jobs.GitHub.Transport;

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
