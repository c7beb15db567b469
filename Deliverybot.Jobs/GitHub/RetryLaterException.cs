namespace Deliverybot.Jobs.GitHub;

/// <summary>GitHub can't be used now; what was asked for was not done, and can be done at <paramref name="at"/>.</summary>
internal sealed class RetryLaterException(DateTimeOffset at, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public DateTimeOffset At { get; } = at;

    public string Reason { get; } = reason;
}
