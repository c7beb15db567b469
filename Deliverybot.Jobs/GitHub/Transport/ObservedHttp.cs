using System.Diagnostics;
using System.Diagnostics.Metrics;
using Deliverybot.Jobs.Telemetry;
using Microsoft.Extensions.Logging;
using Octokit;
using Octokit.Internal;
using InstallationId = Deliverybot.Data.Names.InstallationId;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Stands below the ETag cache, so that it sees each answer as GitHub gave it: the 304s too.</summary>
internal sealed partial class ObservedHttp(
    IHttpClient inner, CallMetrics metrics, RateLimits rates, TimeProvider time, ILogger<ObservedHttp> logger, string identity, InstallationId? installation)
    : IHttpClient
{
    public async Task<IResponse> Send(IRequest request, CancellationToken cancellationToken, Func<object, object>? preprocessResponseBody = null)
    {
        var call = ((GitHubRequest)request).Call;
        var started = time.GetTimestamp();
        var status = 0;
        var remaining = -1;
        using var span = Tracing.Begin($"GitHub {call}");
        try
        {
            var response = await inner.Send(request, cancellationToken, preprocessResponseBody);
            status = (int)response.StatusCode;
            remaining = response.ApiInfo.RateLimit.Remaining;
            rates.Observe(installation, call, response);
            return response;
        }
        catch (Exception fault)
        {
            span.Fail(fault);
            throw;
        }
        finally
        {
            var took = time.GetElapsedTime(started);
            metrics.Count(call, identity, status, took);
            span?.SetTag("deliverybot.identity", identity).SetTag("deliverybot.installation.id", installation?.Value).SetTag("http.response.status_code", status);
            Log.Called(logger, call.Method.Method, call.Route, identity, status, took.TotalMilliseconds, remaining);
        }
    }

    public void SetRequestTimeout(TimeSpan timeout) => inner.SetRequestTimeout(timeout);

    // The way over HTTP is shared by all identities.
    public void Dispose()
    {
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Method} {Route} as {Identity}: {Status} in {Milliseconds:F1} ms, {Remaining} calls left")]
        public static partial void Called(
            ILogger logger, string method, string route, string identity, int status, double milliseconds, int remaining);
    }
}

/// <summary>Counts what goes out to GitHub, by route and by who called.</summary>
internal sealed class CallMetrics
{
    public const string MeterName = Measuring.MeterName + ".GitHub";

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;

    public CallMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _calls = meter.CreateCounter<long>("deliverybot.github.calls", "{call}", "Calls to GitHub's API, those answered with 304 included.");
        _duration = meter.CreateHistogram("deliverybot.github.duration", "s", "How long GitHub took to answer, retries included.", tags: null, Measuring.Seconds);
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
