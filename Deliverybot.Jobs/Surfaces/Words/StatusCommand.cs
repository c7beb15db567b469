using Deliverybot.Data.Names;
using Superpower;
using static Deliverybot.Jobs.Surfaces.Words.ArgumentGrammar;
using static Deliverybot.Jobs.Surfaces.Words.RepositoryGrammar;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <param name="Environment">Null: all of them.</param>
internal sealed record StatusCommand(EnvironmentName? Environment) : Command
{
    private const string Meaning = "tells what is live, what waits, and what is locked";

    private static readonly TextParser<Command> InSlack =
        from repository in MaybeRepository
        from blank in Blank.Optional()
        from environment in Name.Select(name => (EnvironmentName?)new EnvironmentName(name)).OptionalOrDefault()
        select (Command)new StatusCommand(environment) { Repository = repository };

    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.PullRequest, "status", "", Meaning)
        {
            Right = CommandRight.Write, Example = "/status", Parser = Alone(new StatusCommand(Environment: null)),
        },
        new(CommandSurface.Slack, "status", "[owner/repo] [environment]", Meaning)
        {
            Right = CommandRight.Read, Example = "status acme/shop", Parser = InSlack,
        },
    ];
}
