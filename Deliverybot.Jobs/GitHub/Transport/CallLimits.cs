using System.Globalization;
using System.Net;
using Octokit;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// What GitHub said about calling too often, for one identity, remembered so that further calls don't even go out:
/// <see href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"/>.
/// </summary>
internal sealed class CallLimits(TimeProvider time)
{
    /// <summary>
    /// GitHub's limits begin anew with each hour, and it asks for no more than minutes. Should it, or a proxy that answers in its place, name
    /// a time further off, it is asked again after this.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(65);

    // What GitHub asks to wait where it names no time.
    private static readonly TimeSpan Unnamed = TimeSpan.FromMinutes(1);

    private RetryLaterException? _rest;
    private RetryLaterException? _graphQl;
    private RetryLaterException? _scarce;
    private RetryLaterException? _graphQlScarce;

    /// <exception cref="RetryLaterException">A limit is known to hold still.</exception>
    public void ThrowIfReached(GitHubCall call)
    {
        var known = call.IsGraphQl ? Volatile.Read(ref _graphQl) : Volatile.Read(ref _rest);
        if (known is not null && known.At > time.GetUtcNow())
        {
            throw new RetryLaterException(known.At, known.Reason);
        }
    }

    /// <summary>For work that can wait: half of the hour's calls are left to what can't.</summary>
    /// <exception cref="RetryLaterException">By the last answer, less than half of them is left.</exception>
    public void ThrowIfScarce()
    {
        foreach (var known in new[] { Volatile.Read(ref _scarce), Volatile.Read(ref _graphQlScarce) })
        {
            if (known is not null && known.At > time.GetUtcNow())
            {
                throw new RetryLaterException(known.At, known.Reason);
            }
        }
    }

    /// <exception cref="RetryLaterException">This answer says that a limit is reached.</exception>
    public void Observe(GitHubCall call, IResponse response)
    {
        // REST and GraphQL are counted apart.
        if (call.IsGraphQl)
        {
            Volatile.Write(ref _graphQlScarce, ScarceBy(response));
        }
        else
        {
            Volatile.Write(ref _scarce, ScarceBy(response));
        }

        if (ReachedBy(response) is { } reached)
        {
            // REST and GraphQL are counted apart, but asked to slow down together.
            Remember(call, reached, both: !IsUsedUp(response));
            throw reached;
        }
    }

    /// <summary>GraphQL tells of its limit in an answer that is otherwise fine.</summary>
    public RetryLaterException GraphQlReached(GitHubCall call, string words)
    {
        var reached = new RetryLaterException(time.GetUtcNow() + Unnamed, words);
        Remember(call, reached, both: false);
        return reached;
    }

    private RetryLaterException? ReachedBy(IResponse response)
    {
        if (response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (Bounded(RetryAfter(response, now), now) is { } named)
        {
            return new RetryLaterException(named, $"GitHub asks to wait until {Told(named)}: {Words(response)}");
        }

        if (IsUsedUp(response) && Bounded(Reset(response), now) is { } reset)
        {
            // A second more, for clocks that differ.
            var at = reset.AddSeconds(1);
            return new RetryLaterException(at, $"GitHub's rate limit is used up until {Told(at)}.");
        }

        var isLimit = response.StatusCode == HttpStatusCode.TooManyRequests
            || Words(response).Contains("rate limit", StringComparison.OrdinalIgnoreCase)
            || Words(response).Contains("abuse", StringComparison.OrdinalIgnoreCase);
        return isLimit ? new RetryLaterException(now + Unnamed, $"GitHub asks to slow down: {Words(response)}") : null;
    }

    private RetryLaterException? ScarceBy(IResponse response) =>
        Count(response, "x-ratelimit-limit") is { } limit && Count(response, "x-ratelimit-remaining") is { } remaining
        && remaining < limit / 2 && Bounded(Reset(response), time.GetUtcNow()) is { } reset
            ? new RetryLaterException(reset.AddSeconds(1), $"The other half of GitHub's rate limit is kept for deployments until {Told(reset)}.")
            : null;

    private void Remember(GitHubCall call, RetryLaterException reached, bool both)
    {
        if (both || call.IsGraphQl)
        {
            Volatile.Write(ref _graphQl, reached);
        }

        if (both || !call.IsGraphQl)
        {
            Volatile.Write(ref _rest, reached);
        }
    }

    private static bool IsUsedUp(IResponse response) => Header(response, "x-ratelimit-remaining") == "0";

    private static DateTimeOffset? RetryAfter(IResponse response, DateTimeOffset now) =>
        Header(response, "retry-after") switch
        {
            null => null,
            var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => now.AddSeconds(Math.Clamp(seconds, 1, (long)Longest.TotalSeconds)),
            var text when DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) => date > now ? date : now.AddSeconds(1),
            _ => now + Unnamed,
        };

    private static DateTimeOffset? Reset(IResponse response) =>
        Count(response, "x-ratelimit-reset") is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds())) : null;

    private static DateTimeOffset? Bounded(DateTimeOffset? named, DateTimeOffset now) =>
        named is not { } at ? null : at < now ? now : at > now + Longest ? now + Longest : at;

    private static long? Count(IResponse response, string header) =>
        long.TryParse(Header(response, header), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static string Words(IResponse response) => GitHubMessage.Of(response.Body as string ?? "") ?? "too many calls";

    private static string? Header(IResponse response, string name) => response.HeaderOf(name);

    /// <summary>As all times are told to people; a limit ends within the minute.</summary>
    private static string Told(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
