using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Counts what goes out to GitHub, by route and by who called.</summary>
internal sealed class CallMetrics
{
    public const string MeterName = "Deliverybot.GitHub";

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;

    public CallMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _calls = meter.CreateCounter<long>("deliverybot.github.calls", "{call}", "Calls to GitHub's API, those answered with 304 included.");
        _duration = meter.CreateHistogram<double>("deliverybot.github.duration", "s", "How long GitHub took to answer, retries included.");
    }

    public void Count(GitHubCall call, string identity, int status, TimeSpan took)
    {
        var tags = new TagList
        {
            { "route", call.ToString() },
            { "identity", identity },
            { "status", status },
        };
        _calls.Add(1, tags);
        _duration.Record(took.TotalSeconds, tags);
    }
}
