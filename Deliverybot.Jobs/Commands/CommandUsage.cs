namespace Deliverybot.Jobs.Commands;

/// <summary>How a command is written, and what it does.</summary>
/// <param name="Word">The word that it begins with.</param>
/// <param name="Arguments">What follows.</param>
/// <param name="Meaning">Half a sentence.</param>
/// <param name="Needs">What it can't do without; null if it stands alone.</param>
internal sealed record CommandUsage(string Word, string Arguments, string Meaning, string? Needs)
{
    public static CommandUsage Deploy { get; } =
        new("deploy", "<target>[,<target>] [sha] [force]", "deploys this pull request", "the name of a target");

    public static CommandUsage Promote { get; } = new("promote", "", "lets the commit go on to targets that wait for a promotion", null);

    public static CommandUsage Lock { get; } =
        new("lock", "<environment> [for 2h] [reason]", "keeps an environment as it is", "the name of an environment");

    public static CommandUsage Unlock { get; } = new("unlock", "<environment>", "ends a lock, or what a rollback holds", "the name of an environment");

    public static CommandUsage Rollback { get; } = new("rollback", "<target>", "goes back to what was live before", "the name of a target");

    public static CommandUsage Status { get; } = new("status", "", "tells what is live, what waits, and what is locked", null);

    public static CommandUsage Cancel { get; } = new("cancel", "<target>", "ends what of this pull request waits", "the name of a target");

    public static IReadOnlyList<CommandUsage> All { get; } = [Deploy, Promote, Lock, Unlock, Rollback, Status, Cancel];

    public override string ToString() => Arguments.Length == 0 ? $"/{Word}" : $"/{Word} {Arguments}";
}
