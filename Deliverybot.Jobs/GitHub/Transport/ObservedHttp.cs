using Microsoft.Extensions.Logging;
using Octokit;
using Octokit.Internal;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Stands below the ETag cache, so that it sees each answer as GitHub gave it: the 304s too.</summary>
internal sealed partial class ObservedHttp(IHttpClient inner, CallMetrics metrics, TimeProvider time, ILogger<ObservedHttp> logger, string identity)
    : IHttpClient
{
    public async Task<IResponse> Send(IRequest request, CancellationToken cancellationToken, Func<object, object>? preprocessResponseBody = null)
    {
        var call = ((GitHubRequest)request).Call;
        var started = time.GetTimestamp();
        var status = 0;
        var remaining = -1;
        try
        {
            var response = await inner.Send(request, cancellationToken, preprocessResponseBody);
            status = (int)response.StatusCode;
            remaining = response.ApiInfo.RateLimit.Remaining;
            return response;
        }
        finally
        {
            var took = time.GetElapsedTime(started);
            metrics.Count(call, identity, status, took);
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
