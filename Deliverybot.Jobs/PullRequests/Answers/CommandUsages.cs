using Deliverybot.Jobs.Commands;
using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.PullRequests.Answers;

/// <summary>How commands are written, as a reply shows it.</summary>
internal static class CommandUsages
{
    public static string Table() =>
        "| Command | |\n| --- | --- |\n" + string.Concat(CommandUsage.All.Select(usage => $"| `{usage}` | {usage.Meaning} |\n"));

    public static CommandAnswer Of(CommandReading.Mistyped mistyped) =>
        CommandAnswer.Refused($"{GitHubMarkdown.Plain(mistyped.Fault)}\n\n`{mistyped.Usage}` {mistyped.Usage.Meaning}.");
}
