using System.Net;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Octokit;
using Polly.Timeout;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Sends calls as one identity, and tells what came of them in our own words.</summary>
internal sealed class GitHubTransport(
    Octokit.Internal.IHttpClient http,
    IGitHubIdentity identity,
    CallLimits limits,
    Entrance entrance,
    GitHubAddresses addresses,
    GitHubPatience patience,
    TimeProvider time)
{
    private static readonly string UserAgent =
        "Deliverybot/" + typeof(GitHubTransport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public Uri GraphQlAddress => addresses.GraphQl;

    /// <returns>Whatever GitHub decided: success, refusal, or that there is no such thing.</returns>
    /// <exception cref="RetryLaterException">GitHub is limiting us, or it or the way to it has a fault, and nothing was changed.</exception>
    /// <exception cref="OutcomeUnknownException">Something may have been changed: no answer tells.</exception>
    /// <exception cref="UserTokenEndedException">The user's token isn't accepted any more.</exception>
    public async Task<GitHubAnswer> SendAsync(GitHubCall call, CancellationToken cancellationToken)
    {
        limits.ThrowIfReached(call);
        if (identity.Who is { } who)
        {
            entrance.ThrowIfShut(who);
        }

        var authorization = await identity.AuthorizeAsync(cancellationToken);
        var response = await SendOnceAsync(call, authorization, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized && identity.Discard(authorization))
        {
            authorization = await identity.AuthorizeAsync(cancellationToken);
            response = await SendOnceAsync(call, authorization, cancellationToken);
        }

        var answer = AnswerOf(call, response);
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => throw identity.Rejected(answer),
            HttpStatusCode.Forbidden when identity.Who is not null && !IsForOther(call) && EntryFaults.IsSuspension(answer) => throw identity.Rejected(answer),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                throw Fault(call, $"GitHub has a fault just now: it answered with {(int)answer.Status}.", maybeDone: true, null),
            _ => LetIn(answer),
        };
    }

    /// <summary>For what is ended or deleted where GitHub says that there is no such thing: nobody else's 404 is taken for that.</summary>
    /// <returns>Null where GitHub knows no such thing, or won't tell us that it does.</returns>
    /// <inheritdoc cref="SendAsync" path="/exception"/>
    public async Task<T?> FindAsync<T>(GitHubCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await SendAsync(call, cancellationToken);
        return answer.IsMissingByHearsay
            ? throw Fault(call, "Something on the way to GitHub answered with 404 in its place.", maybeDone: true, null)
            : answer.ReadUnlessMissing(type);
    }

    private GitHubAnswer LetIn(GitHubAnswer answer)
    {
        if (identity.Who is { } who)
        {
            entrance.Open(who);
        }

        return answer;
    }

    /// <summary>Whether the App asks for an installation's token: then a refusal concerns that one.</summary>
    private static bool IsForOther(GitHubCall call) => call.Route.StartsWith("app/", StringComparison.Ordinal);

    /// <summary>To be asked before each call that can wait.</summary>
    /// <exception cref="RetryLaterException">Less than half of the hour's calls is left; it is kept for what can't wait.</exception>
    public void LeaveCallsToOthers() => limits.ThrowIfScarce();

    /// <summary>GraphQL's own way of saying that a limit is reached.</summary>
    public RetryLaterException GraphQlLimitReached(GitHubCall call, string words) => limits.GraphQlReached(call, words);

    private async Task<IResponse> SendOnceAsync(GitHubCall call, string authorization, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(call)
        {
            Method = call.Method,
            BaseAddress = addresses.Api,
            Endpoint = call.Address,
            Body = call.Body,
            ContentType = "application/json",
            // The handlers below have time-outs of their own; this one would leave a timer behind for each call.
            Timeout = TimeSpan.Zero,
            Headers =
            {
                ["Accept"] = "application/vnd.github+json",
                ["Authorization"] = authorization,
                ["User-Agent"] = UserAgent,
                ["X-GitHub-Api-Version"] = "2022-11-28",
            },
        };
        using var patient = new CancellationTokenSource(identity.IsPerson ? patience.Person : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patient.Token);
        try
        {
            var response = await http.Send(request, either.Token, null);
            limits.Observe(call, response);
            return response;
        }
        catch (HttpRequestException e)
        {
            throw Fault(call, $"GitHub can't be reached ({e.Message}).", maybeDone: !RetryRules.NeverLeft(e), e);
        }
        catch (Exception e) when (e is TimeoutRejectedException or IOException)
        {
            throw Fault(call, "GitHub didn't answer in time.", maybeDone: true, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fault(call, "GitHub didn't answer in time.", maybeDone: true, e);
        }
    }

    /// <param name="what">What people are told: they don't know GitHub's routes. Whoever reads the log finds the call beneath it.</param>
    private Exception Fault(GitHubCall call, string what, bool maybeDone, Exception? cause)
    {
        var told = new HttpRequestException($"{call}: {cause?.Message ?? what}", cause);
        return maybeDone && !call.Repeatable
            ? new OutcomeUnknownException(what, told)
            : new RetryLaterException(time.GetUtcNow() + patience.AfterFault, what, told) { Holdup = Holdup.Fault };
    }

    private GitHubAnswer AnswerOf(GitHubCall call, IResponse response)
    {
        // The token goes with the call to the next page: never to another host than the API's.
        var next = response.ApiInfo.Links.TryGetValue("next", out var link) && link.Authority == addresses.Api.Authority ? link : null;
        return new GitHubAnswer(call, response.StatusCode, response.Body as string ?? "", next, response.DateOf());
    }
}
