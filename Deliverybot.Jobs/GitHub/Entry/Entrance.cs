using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.GitHub.Entry;

/// <summary>
/// Whom GitHub doesn't let in, and why. Such a fault is mended by somebody (a clock is set, a key is put in its place, a suspension ends),
/// so what was to be done is put off by growing pauses; meanwhile GitHub isn't asked, for it locks out who asks with bad credentials too often
/// (<see href="https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#failed-login-limit"/>).
/// </summary>
internal sealed partial class Entrance(TimeProvider time, ILogger<Entrance> logger)
{
    /// <summary>The first pause; doubled for each further refusal.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>So soon after the fault is mended everything goes on, however long it lasted.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>What concerns single calls shuts nobody out; it is told for so long.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Shut> _shut = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _refused = new();

    /// <summary>What is wrong now, as far as this process has met it.</summary>
    public IReadOnlyList<EntryFault> Faults
    {
        get
        {
            var old = time.GetUtcNow() - Remembered;
            var refused = _refused.Values.Any(at => at > old) ? [EntryFault.Permission] : Array.Empty<EntryFault>();
            return [.. _shut.Values.Select(shut => shut.Fault).Concat(refused).Distinct().Order()];
        }
    }

    /// <exception cref="RetryLaterException">It is known not to be let in.</exception>
    public void ThrowIfShut(string who)
    {
        if (_shut.TryGetValue(who, out var shut) && shut.Until > time.GetUtcNow())
        {
            throw Later(shut);
        }
    }

    /// <summary>GitHub hasn't let it in.</summary>
    /// <param name="who">The App, or one of its installations.</param>
    /// <param name="fault">Why.</param>
    /// <param name="words">In a sentence, with what helps.</param>
    public RetryLaterException Refuse(string who, EntryFault fault, string words)
    {
        var now = time.GetUtcNow();
        var shut = _shut.AddOrUpdate(
            who,
            _ => new Shut(fault, words, now + First, First),
            (_, known) => known.Until > now ? known with { Fault = fault, Words = words } : known.Next(fault, words, now, Longest));
        Log.Refused(logger, who, fault, words, shut.Until);
        return Later(shut);
    }

    /// <summary>A call was refused for want of a permission; others may go well.</summary>
    public void Note(string who, string words)
    {
        _refused[who] = time.GetUtcNow();
        Log.Lacking(logger, who, EntryFault.Permission, words);
    }

    public void Open(string who)
    {
        if (!_shut.IsEmpty && _shut.TryRemove(who, out _))
        {
            Log.Opened(logger, who);
        }
    }

    private static RetryLaterException Later(Shut shut) => new(shut.Until, shut.Words) { Holdup = Holdup.Access };

    private sealed record Shut(EntryFault Fault, string Words, DateTimeOffset Until, TimeSpan Pause)
    {
        public Shut Next(EntryFault fault, string words, DateTimeOffset now, TimeSpan longest)
        {
            var pause = Pause * 2 < longest ? Pause * 2 : longest;
            return new Shut(fault, words, now + pause, pause);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "GitHub doesn't let {Who} in ({Fault}): {Words} Nothing is lost: what was to be done is tried again at {Until:u}.")]
        public static partial void Refused(ILogger logger, string who, EntryFault fault, string words, DateTimeOffset until);

        [LoggerMessage(LogLevel.Error, "GitHub refused {Who} a call ({Fault}): {Words}")]
        public static partial void Lacking(ILogger logger, string who, EntryFault fault, string words);

        [LoggerMessage(LogLevel.Information, "GitHub lets {Who} in again.")]
        public static partial void Opened(ILogger logger, string who);
    }
}
