using System.Net;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>It can't be done now, mostly because GitHub can't be used; what was asked for was not done, and can be done at <paramref name="at"/>.</summary>
internal class RetryLaterException(DateTimeOffset at, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public DateTimeOffset At { get; } = at;

    public string Reason { get; } = reason;

    public Holdup Holdup { get; init; } = Holdup.Limit;
}

/// <summary>Why GitHub can't be used now.</summary>
internal enum Holdup
{
    /// <summary>It asks to wait: everything of the installation does.</summary>
    Limit,

    /// <summary>It, or the way to it, has a fault. That may concern one address only.</summary>
    Fault,

    /// <summary>It doesn't let the App in: its clock, its key, a suspension. Everything of the installation waits until that is mended.</summary>
    Access,
}

/// <summary>A change was sent, and no answer says whether GitHub made it: look before asking again.</summary>
internal sealed class OutcomeUnknownException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>How long to wait before looking: GitHub may still be working on the request whose answer was lost.</summary>
    public static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(16);
}

/// <summary>GitHub understood and said no, and would say so again. The message carries GitHub's own words.</summary>
internal sealed class GitHubRefusedException(HttpStatusCode status, string words, string about)
    : Exception($"GitHub refused {about} with {(int)status}: {words}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>GitHub's own words.</summary>
    public string Words { get; } = words;
}

/// <summary>GitHub, or something on the way to it, answered with what isn't the documented answer.</summary>
internal sealed class UnreadableAnswerException(string call, Exception cause) : Exception($"GitHub's answer to {call} can't be read: {cause.Message}", cause);

/// <summary>GitHub no longer takes a user's token (expired, revoked, or the App was removed): the user has to sign in anew.</summary>
internal sealed class UserTokenEndedException() : Exception("GitHub no longer accepts this user's token.");
