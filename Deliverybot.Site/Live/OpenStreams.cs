using System.Diagnostics.Metrics;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Telemetry;

namespace Deliverybot.Site.Live;

/// <summary>How many event streams are open in this process, and whose.</summary>
internal sealed class OpenStreams
{
    /// <summary>
    /// Twice as many tabs as somebody has open who never closes one. A browser that is refused asks again by itself, more and more rarely;
    /// were an older stream closed instead, its page would ask at once, and close the next one.
    /// </summary>
    public const int MostOfOne = 40;

    public const int MostOfAll = 4000;

    private readonly Lock _lock = new();
    private readonly Dictionary<GitHubUserId, int> _open = [];
    private volatile int _all;

    public OpenStreams(IMeterFactory meters) =>
        meters.Create(Measuring.MeterName).CreateObservableGauge("deliverybot.live_pages", () => _all, "{page}", "Event streams that are open: one for all tabs of a browser that show the same repository.");

    /// <returns>To be disposed when the stream ends; null where it is one too many.</returns>
    public IDisposable? TryOpen(GitHubUserId user)
    {
        lock (_lock)
        {
            var own = _open.GetValueOrDefault(user);
            if (own >= MostOfOne || _all >= MostOfAll)
            {
                return null;
            }

            _open[user] = own + 1;
            _all++;
            return new Stream(this, user);
        }
    }

    private void Close(GitHubUserId user)
    {
        lock (_lock)
        {
            _all--;
            if (--_open[user] == 0)
            {
                _open.Remove(user);
            }
        }
    }

    private sealed class Stream(OpenStreams streams, GitHubUserId user) : IDisposable
    {
        private bool _closed;

        public void Dispose()
        {
            if (!_closed)
            {
                _closed = true;
                streams.Close(user);
            }
        }
    }
}
