using Deliverybot.Jobs.Markup;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>How commands are written, as a reply shows it.</summary>
internal static class CommandUsages
{
    public static string Table() =>
        "| Command | |\n| --- | --- |\n" + string.Concat(CommandTable.InPullRequests.Select(usage => $"| `{usage}` | {usage.Meaning} |\n"));

    public static CommandAnswer Of(CommandReading.Mistyped mistyped) =>
        CommandAnswer.Refused($"{GitHubMarkdown.Plain(mistyped.Fault)}\n\n`{mistyped.Usage}` {mistyped.Usage.Meaning}.");
}
