namespace Deliverybot.Jobs.Slack.Grammar;

/// <summary>How a command is written, and what it does.</summary>
/// <param name="Word">The word that it begins with.</param>
/// <param name="Arguments">What follows.</param>
/// <param name="Meaning">Half a sentence.</param>
/// <param name="Needs">What it can't do without; null if it stands alone.</param>
internal sealed record SlackUsage(string Word, string Arguments, string Meaning, string? Needs)
{
    private const string Repository = "[owner/repo]";
    private const string AnEnvironment = "the name of an environment";
    private const string ATarget = "the name of a target";

    public static SlackUsage Deploy { get; } = new("deploy", $"{Repository}[@ref] target [force]", "deploys a branch, tag or commit", ATarget);

    public static SlackUsage Status { get; } = new("status", $"{Repository} [environment]", "tells what is live, what waits, and what is locked", null);

    public static SlackUsage Promote { get; } =
        new("promote", $"{Repository}@sha", "lets a commit go on to targets that wait for a promotion", "a commit after @");

    public static SlackUsage Lock { get; } =
        new("lock", $"{Repository} environment [for 2h] [reason]", "keeps an environment as it is", AnEnvironment);

    public static SlackUsage Unlock { get; } =
        new("unlock", $"{Repository} environment", "ends a lock, or what a rollback holds", AnEnvironment);

    public static SlackUsage Rollback { get; } = new("rollback", $"{Repository} target", "goes back to what was live before", ATarget);

    public static SlackUsage Default { get; } =
        new("default", "owner/repo", "names the repository that this channel means when none is named", "a repository, as owner/repo");

    public static SlackUsage Login { get; } = new("login", "", "links you to your GitHub account", null);

    public static SlackUsage Logout { get; } = new("logout", "", "ends that link", null);

    public static SlackUsage Help { get; } = new("help", "", "shows this", null);

    public static IReadOnlyList<SlackUsage> All { get; } =
        [Deploy, Status, Promote, Lock, Unlock, Rollback, Default, Login, Logout, Help];

    public override string ToString() => Arguments.Length == 0 ? Word : $"{Word} {Arguments}";
}
