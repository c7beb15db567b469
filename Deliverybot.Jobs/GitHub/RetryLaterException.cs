namespace Deliverybot.Jobs.GitHub;

/// <summary>It can't be done now, mostly because GitHub can't be used; what was asked for was not done, and can be done at <paramref name="at"/>.</summary>
internal class RetryLaterException(DateTimeOffset at, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public DateTimeOffset At { get; } = at;

    public string Reason { get; } = reason;

    public Holdup Holdup { get; init; } = Holdup.Limit;
}
