using System.Collections.Concurrent;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// Addresses at which GitHub takes no word about a repository just now: one that answers each call with a fault, or with none, would cost
/// every job its whole patience. After a fault it is asked again by one call at a time, after growing pauses; all others are put off at once.
/// </summary>
internal sealed class Pauses(TimeProvider time)
{
    /// <summary>What is told by commit statuses, whatever they say.</summary>
    public const string Statuses = "statuses";

    public const string Comments = "comments";

    public const string Reactions = "reactions";

    /// <summary>A connection that breaks once is no fault of the address: whoever awaits an answer has it soon all the same.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>So long a call may take, and the others don't follow it meanwhile.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(RepositoryId Repository, string What), Pause> _pauses = new();

    /// <param name="repository">Whose commits or pull requests are told.</param>
    /// <param name="what">What is told: <see cref="Statuses"/>, <see cref="Comments"/>.</param>
    /// <param name="tell">The call.</param>
    /// <exception cref="RetryLaterException">GitHub can't be told now.</exception>
    public async Task<T> UnlessPausedAsync<T>(RepositoryId repository, string what, Func<Task<T>> tell)
    {
        var key = (repository, what);
        var now = time.GetUtcNow();
        var asked = _pauses.TryGetValue(key, out var pause) ? pause with { Until = now + Probe } : null;
        if (pause is not null && asked is not null && (pause.Until > now || !_pauses.TryUpdate(key, asked, pause)))
        {
            throw new RetryLaterException(pause.Until > now ? pause.Until : now + Probe, pause.Reason) { Holdup = Holdup.Fault };
        }

        try
        {
            var told = await tell();
            _pauses.TryRemove(key, out _);
            return told;
        }
        catch (RetryLaterException later) when (later.Holdup is Holdup.Fault)
        {
            throw Paused(key, pause, later.Reason, later);
        }
        catch (OutcomeUnknownException unknown)
        {
            Paused(key, pause, unknown.Message, unknown);
            throw;
        }
        catch (GitHubRefusedException)
        {
            // That is an answer: the address has no fault any more.
            _pauses.TryRemove(key, out _);
            throw;
        }
        catch when (pause is not null && asked is not null)
        {
            // Nobody was asked, or nobody heard the answer: the next call asks instead, and not a minute later.
            _pauses.TryUpdate(key, pause, asked);
            throw;
        }
    }

    /// <inheritdoc cref="UnlessPausedAsync{T}"/>
    public Task UnlessPausedAsync(RepositoryId repository, string what, Func<Task> tell) =>
        UnlessPausedAsync(repository, what, async () =>
        {
            await tell();
            return true;
        });

    /// <summary>Many may have called before the first fault, and all meet it: the pause grows only with a call that was made after one.</summary>
    private RetryLaterException Paused((RepositoryId, string) key, Pause? before, string reason, Exception fault)
    {
        var now = time.GetUtcNow();
        var pause = _pauses.AddOrUpdate(
            key,
            _ => new Pause(now + First, First, reason),
            (_, known) => before is null ? known : known.Longer(now, Longest, reason));
        return new RetryLaterException(pause.Until, reason, fault) { Holdup = Holdup.Fault };
    }

    private sealed record Pause(DateTimeOffset Until, TimeSpan Length, string Reason)
    {
        public Pause Longer(DateTimeOffset now, TimeSpan longest, string reason)
        {
            var length = Length * 2 < longest ? Length * 2 : longest;
            return new Pause(now + length, length, reason);
        }
    }
}
