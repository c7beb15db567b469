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
