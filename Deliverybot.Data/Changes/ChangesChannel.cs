namespace Deliverybot.Data.Changes;

/// <summary>
/// What changes, PostgreSQL tells to every process that listens (<see href="https://www.postgresql.org/docs/current/sql-notify.html"/>).
/// The payload is <c>repository:deployment</c>; the second is empty where a lock changed, and <see cref="Head"/> where the default branch
/// moved. Triggers of the tables send the first two.
/// </summary>
public static class ChangesChannel
{
    public const string Name = "deliverybot_changes";

    /// <summary>What whoever listens has said last, as long as it listens.</summary>
    public const string Listen = $"LISTEN {Name}";

    public const string Head = "head";
}
