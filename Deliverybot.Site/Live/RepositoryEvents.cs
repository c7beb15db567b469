using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Deliverybot.Site.Live;

/// <summary><c>GET /_/events/{owner}/{repo}</c>: says <c>changed</c>, with what changed, the moment it does.</summary>
internal sealed class RepositoryEvents(
    RepositoryAuthorization authorization,
    RepositoryChanges changes,
    SessionEnds ends,
    UserSession session,
    TimeProvider time)
{
    public const string Changed = "changed";

    /// <summary>Keeps proxies from taking a quiet stream for a dead one.</summary>
    public const string StillHere = "ping";

    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    /// <returns>The events until the user may no longer see the repository; 404 if that is so already.</returns>
    public async Task<Results<ServerSentEventsResult<string>, NotFound>> OpenAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        // Asked anew: an answer remembered from a page would make the stream's minute two.
        var seen = await authorization.AskAsync(repository, cancellationToken);
        return seen is null
            ? TypedResults.NotFound()
            : TypedResults.ServerSentEvents(StreamAsync(RepositoryAccess.Of(seen), cancellationToken));
    }

    /// <summary>Ends by itself when the session or the right to see the repository does.</summary>
    public async IAsyncEnumerable<SseItem<string>> StreamAsync(RepositoryAccess access, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = changes.Subscribe(access.Id);
        var asked = time.GetUtcNow();
        yield return new SseItem<string>("", StillHere);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (time.GetUtcNow() - asked >= RememberedAccess.Longest)
            {
                if (!await StillAllowedAsync(access.Name, cancellationToken))
                {
                    yield break;
                }

                asked = time.GetUtcNow();
            }

            if (await subscription.Changes.WaitUpToAsync(Quiet, time, cancellationToken))
            {
                while (subscription.Changes.TryRead(out var change))
                {
                    yield return new SseItem<string>(change.Data, Changed);
                }
            }
            else if (!cancellationToken.IsCancellationRequested)
            {
                yield return new SseItem<string>("", StillHere);
            }
        }
    }

    private async Task<bool> StillAllowedAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        try
        {
            return session.Ends > time.GetUtcNow()
                && !await ends.HasEndedAsync(session, cancellationToken)
                && await authorization.AskAsync(repository, cancellationToken) is not null;
        }
        catch (Exception exception) when (exception is UserTokenEndedException or RetryLaterException or GitHubRefusedException or OperationCanceledException)
        {
            // The browser opens the stream again, and then learns why it can't; or the site ends, and the stream does in order.
            return false;
        }
    }
}
