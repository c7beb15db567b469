using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Deliverybot.Site.Live;

/// <summary>
/// <c>GET /_/events</c> and <c>GET /_/events/{owner}</c>: says <c>changed</c> when something does in one of the repositories that the user
/// reaches. A page of them asks for all it shows, so it isn't told more often than every few seconds, however much goes on.
/// </summary>
internal sealed class ReachedEvents(ReachedRepositories reached, RepositoryChanges changes, SessionEnds ends, UserSession session, TimeProvider time)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <returns>The events until the session ends; 404 if the user reaches no installation in that account.</returns>
    public async Task<Results<ServerSentEventsResult<string>, NotFound>> OpenAsync(GitHubLogin? only, CancellationToken cancellationToken)
    {
        var accounts = await reached.RecallAsync(only, cancellationToken);
        return only is not null && accounts.Count == 0
            ? TypedResults.NotFound()
            : TypedResults.ServerSentEvents(StreamAsync(only, accounts, cancellationToken));
    }

    /// <summary>Which repositories these are is asked again every minute; of one that the user can no longer see nothing is told from then on.</summary>
    public async IAsyncEnumerable<SseItem<string>> StreamAsync(
        GitHubLogin? only, IReadOnlyList<ReachedAccount> accounts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = changes.WatchAll(SetOf(accounts));
        var asked = AskedAt(accounts);
        var quietUntil = DateTimeOffset.MinValue;
        yield return new SseItem<string>("", RepositoryEvents.StillHere);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (time.GetUtcNow() - asked >= RememberedAccess.Longest)
            {
                if (await AskAsync(only, cancellationToken) is not { } now)
                {
                    yield break;
                }

                asked = AskedAt(now);
                var repositories = SetOf(now);
                if (!repositories.SetEquals(watch.Repositories))
                {
                    watch.Write();
                }

                watch.Repositories = repositories;
            }

            if (await watch.Changes.WaitUpToAsync(RepositoryEvents.Quiet, time, cancellationToken))
            {
                await PauseUntilAsync(quietUntil, cancellationToken);
                watch.Changes.TryRead(out _);
                quietUntil = time.GetUtcNow() + Pause;
                yield return new SseItem<string>("", RepositoryEvents.Changed);
            }
            else if (!cancellationToken.IsCancellationRequested)
            {
                yield return new SseItem<string>("", RepositoryEvents.StillHere);
            }
        }
    }

    /// <returns>Null when the session has ended, or GitHub can't say now: the browser opens the stream again, and then learns why it can't.</returns>
    private async Task<IReadOnlyList<ReachedAccount>?> AskAsync(GitHubLogin? only, CancellationToken cancellationToken)
    {
        try
        {
            return session.Ends > time.GetUtcNow() && !await ends.HasEndedAsync(session, cancellationToken)
                ? await reached.RecallAsync(only, cancellationToken)
                : null;
        }
        catch (Exception exception) when (exception is UserTokenEndedException or RetryLaterException or GitHubRefusedException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task PauseUntilAsync(DateTimeOffset then, CancellationToken cancellationToken)
    {
        if (then - time.GetUtcNow() is { Ticks: > 0 } pause)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private DateTimeOffset AskedAt(IReadOnlyList<ReachedAccount> accounts) =>
        accounts.Count == 0 ? time.GetUtcNow() : accounts.Min(account => account.AskedAt);

    private static HashSet<RepositoryId> SetOf(IReadOnlyList<ReachedAccount> accounts) =>
        [.. accounts.SelectMany(account => account.Repositories).Select(repository => repository.Id)];
}

internal static class QuietWaits
{
    /// <returns>False if nothing came for so long, or the page has gone.</returns>
    public static async Task<bool> WaitUpToAsync<T>(this ChannelReader<T> changes, TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var quiet = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellationToken);
        try
        {
            return await changes.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
