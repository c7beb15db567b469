using System.Globalization;

namespace Deliverybot.Sandbox.Rest;

/// <summary>
/// Counts the hour's requests of each caller. An answer of 304 costs nothing.
/// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
/// </summary>
internal sealed class RateLimits(int limit, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Used, DateTimeOffset Reset)> _windows = [];

    public int Limit { get; set; } = limit;

    /// <summary>Until then all callers are at their limit, however few requests they have made.</summary>
    public DateTimeOffset? ReachedUntil { get; set; }

    public bool Exhausted(string key) => Current(key).Used >= Limit;

    public void Count(string key)
    {
        lock (_gate)
        {
            var (used, reset) = Counted(key);
            _windows[key] = (used + 1, reset);
        }
    }

    public (int Remaining, int Used, DateTimeOffset Reset) Of(string key)
    {
        var (used, reset) = Current(key);
        return (Math.Max(Limit - used, 0), used, reset);
    }

    public void WriteTo(IHeaderDictionary headers, string key)
    {
        var (remaining, used, reset) = Of(key);
        headers["X-RateLimit-Limit"] = Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Used"] = used.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Resource"] = "core";
    }

    private (int Used, DateTimeOffset Reset) Current(string key)
    {
        lock (_gate)
        {
            return ReachedUntil is { } until && until > time.GetUtcNow() ? (Limit, until) : Counted(key);
        }
    }

    private (int Used, DateTimeOffset Reset) Counted(string key)
    {
        var now = time.GetUtcNow();
        return _windows.TryGetValue(key, out var window) && window.Reset > now ? window : (0, now + Window);
    }
}
