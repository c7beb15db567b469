using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.Registering;

/// <summary>Apps that were registered from a manifest. All of them are the one App that there is here.</summary>
public sealed class ManifestDesk(TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _codes = new();

    /// <summary>The one that was registered last; null: none.</summary>
    public JsonObject? Newest { get; private set; }

    /// <returns>A code that is good once, for an hour.</returns>
    internal string Register(JsonObject manifest)
    {
        Newest = manifest;
        var code = RandomNumberGenerator.GetHexString(40, lowercase: true);
        _codes[code] = time.GetUtcNow() + Lasts;
        return code;
    }

    internal bool Redeem(string code) => _codes.TryRemove(code, out var end) && time.GetUtcNow() < end;
}
