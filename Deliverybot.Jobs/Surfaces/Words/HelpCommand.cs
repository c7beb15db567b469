using Superpower;
using Superpower.Parsers;
using static Deliverybot.Jobs.Surfaces.Words.ArgumentGrammar;

namespace Deliverybot.Jobs.Surfaces.Words;

internal sealed record HelpCommand : Command
{
    /// <summary>Which targets there are, and what each would do now: <c>/deploy</c> alone.</summary>
    public static IReadOnlyList<CommandUsage> InPullRequests { get; } =
    [
        new(CommandSurface.PullRequest, "deploy", "", "lists the targets, and what each would do now")
        {
            Right = CommandRight.Write,
            Example = "/deploy help",
            Parser = Blank.IgnoreThen(Span.EqualToIgnoreCase("help")).Try().Optional().AtEnd().Value((Command)new HelpCommand()),
        },
    ];

    public static IReadOnlyList<CommandUsage> InSlack { get; } =
        [new(CommandSurface.Slack, "help", "", "shows this") { Right = CommandRight.None, Example = "help", Parser = Alone(new HelpCommand()) }];
}
