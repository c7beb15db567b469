using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Octokit;
using InstallationId = Deliverybot.Data.Names.InstallationId;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// What installations have called, and what GitHub lets them call yet, as it said with its last answer. An App may be installed ten thousand
/// times: calls are told apart for the first <see cref="MostCounted"/> that this process calls for, and limits for the
/// <see cref="MostTold"/> with the least left, which are those that matter. Installations are numbers, for names are nobody else's business.
/// </summary>
internal sealed class RateLimits
{
    public const int MostCounted = 100;

    public const int MostTold = 20;

    private const string Other = "other";

    private readonly ConcurrentDictionary<(InstallationId Installation, string Resource), Left> _left = new();
    private readonly ConcurrentDictionary<InstallationId, string> _counted = new();
    private readonly Counter<long> _calls;
    private readonly TimeProvider _time;
    private volatile bool _isFull;

    public RateLimits(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(CallMetrics.MeterName);
        _calls = meter.CreateCounter<long>("deliverybot.github.installation.calls", "{call}", "Calls that were answered, by installation; of those beyond the first hundred as one.");
        meter.CreateObservableGauge("deliverybot.github.rate_limit.remaining", () => Measure(left => left.Remaining), "{call}", "Calls that GitHub still lets an installation make, for those with the least left.");
        meter.CreateObservableGauge("deliverybot.github.rate_limit.limit", () => Measure(left => left.Limit), "{call}", "Calls that GitHub lets the same installations make in an hour.");
    }

    /// <param name="installation">Null for the App itself and for people, who have limits of their own.</param>
    /// <param name="response">GitHub's answer, one without a body included.</param>
    public void Observe(InstallationId? installation, GitHubCall call, IResponse response)
    {
        if (installation is not { } calling)
        {
            return;
        }

        _calls.Add(1, new KeyValuePair<string, object?>("installation", NameOf(calling)));
        if (Count(response, "x-ratelimit-limit") is > 0 and var limit && Count(response, "x-ratelimit-remaining") is { } remaining
            && Count(response, "x-ratelimit-reset") is { } reset)
        {
            _left[(calling, call.IsGraphQl ? "graphql" : "core")] = new Left(limit, remaining, reset);
        }
    }

    private string NameOf(InstallationId installation) =>
        _counted.TryGetValue(installation, out var name) ? name
        : _isFull || (_isFull = _counted.Count >= MostCounted) ? Other
        : _counted.GetOrAdd(installation, static id => id.Value.ToString(CultureInfo.InvariantCulture));

    private Measurement<long>[] Measure(Func<Left, long> what)
    {
        // Once the hour is over all of it is there again, and nobody has said how much that is.
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var past in _left.Where(each => each.Value.Reset <= now))
        {
            _left.TryRemove(past);
        }

        return
        [
            .. _left.OrderBy(each => (double)each.Value.Remaining / each.Value.Limit).ThenBy(each => each.Key.Installation.Value).Take(MostTold)
                .Select(each => new Measurement<long>(
                    what(each.Value),
                    new TagList { { "installation", each.Key.Installation.Value.ToString(CultureInfo.InvariantCulture) }, { "resource", each.Key.Resource } })),
        ];
    }

    private static long? Count(IResponse response, string header) =>
        long.TryParse(response.HeaderOf(header), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private sealed record Left(long Limit, long Remaining, long Reset);
}
