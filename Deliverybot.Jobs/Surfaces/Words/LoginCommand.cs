namespace Deliverybot.Jobs.Surfaces.Words;

internal sealed record LoginCommand : Command
{
    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.Slack, "login", "", "links you to your GitHub account")
        {
            Right = CommandRight.None, Example = "login", Parser = ArgumentGrammar.Alone(new LoginCommand()),
        },
    ];
}
