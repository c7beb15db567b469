namespace Deliverybot.Jobs.Surfaces.Words;

internal sealed record LogoutCommand : Command
{
    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.Slack, "logout", "", "ends that link")
        {
            Right = CommandRight.None, Example = "logout", Parser = ArgumentGrammar.Alone(new LogoutCommand()),
        },
    ];
}
