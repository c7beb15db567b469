using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Deliverybot.Data.Names;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.GitHub.Transport;

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

/// <summary>Why GitHub doesn't let the App in; the names stand in the log and on the health page.</summary>
internal enum EntryFault
{
    /// <summary>This machine's clock is wrong, so that the App's signature is of another time.</summary>
    Clock,

    /// <summary>The App's number or private key isn't what GitHub has.</summary>
    Key,

    /// <summary>Somebody has suspended the installation.</summary>
    Suspension,

    /// <summary>The App isn't installed there (any more).</summary>
    Installation,

    /// <summary>A permission that is needed has not been granted.</summary>
    Permission,
}

/// <summary>Reads from GitHub's refusals what is wrong with the App's access.</summary>
internal static class EntryFaults
{
    public const string App = "the App";

    /// <summary>More than this GitHub doesn't forgive, and less is no cause.</summary>
    public static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(45);

    public static string Of(InstallationId installation) => $"installation {installation}";

    /// <summary>GitHub has no word of its own for a suspension but this sentence.</summary>
    public static bool IsSuspension(GitHubAnswer answer) =>
        answer.Status == HttpStatusCode.Forbidden && answer.Message.Contains("suspended", StringComparison.OrdinalIgnoreCase);

    /// <summary>GitHub doesn't take the App's own signature: it is of another time, or of another key.</summary>
    public static RetryLaterException Unsigned(this Entrance entrance, GitHubAnswer answer, DateTimeOffset now)
    {
        var ahead = answer.At is { } theirs ? now - theirs : TimeSpan.Zero;
        return ahead.Duration() > ClocksDiffer
            ? entrance.Refuse(App, EntryFault.Clock, $"This machine's clock is {Shown(ahead)} GitHub's; set it right. GitHub says: {answer.Message}")
            : entrance.Refuse(App, EntryFault.Key, $"GitHub doesn't take the App's signature: check that GitHub:AppId and GitHub:PrivateKey belong together and that the key hasn't been deleted. GitHub says: {answer.Message}");
    }

    /// <summary>GitHub gives no token for the installation, or doesn't take the one that it has just given.</summary>
    public static RetryLaterException Unlet(this Entrance entrance, InstallationId installation, GitHubAnswer answer) => answer switch
    {
        _ when IsSuspension(answer) => entrance.Refuse(
            Of(installation), EntryFault.Suspension, "The installation is suspended; its owner, or the App's, ends that. What waits goes on then."),
        { Status: HttpStatusCode.NotFound } => entrance.Refuse(
            Of(installation), EntryFault.Installation, $"GitHub knows no such installation of this App: it was uninstalled, or GitHub:AppId is another App's. GitHub says: {answer.Message}"),
        { Status: HttpStatusCode.Unauthorized } => entrance.Refuse(
            Of(installation), EntryFault.Key, $"GitHub doesn't take a token that it has just given. GitHub says: {answer.Message}"),
        _ => entrance.Refuse(Of(installation), EntryFault.Permission, $"GitHub gives no token for the installation. GitHub says: {answer.Message}"),
    };

    private static string Shown(TimeSpan ahead) => string.Create(
        CultureInfo.InvariantCulture, $"{ahead.Duration().TotalSeconds:0} seconds {(ahead > TimeSpan.Zero ? "ahead of" : "behind")}");
}
