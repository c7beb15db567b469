using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;
using Superpower;

namespace Deliverybot.Jobs.Surfaces.Words;

internal sealed record UnlockCommand(EnvironmentName Environment) : ActCommand<EnvironmentLocks>
{
    private const string Meaning = "ends a lock, or what a rollback holds";
    private const string Needs = "the name of an environment";

    private static readonly TextParser<Command> Arguments = ArgumentGrammar.Name.Select(name => (Command)new UnlockCommand(new EnvironmentName(name)));

    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.PullRequest, "unlock", "<environment>", Meaning)
        {
            Needs = Needs, Right = CommandRight.Write, Example = "/unlock production", Parser = ArgumentGrammar.With(Arguments),
        },
        new(CommandSurface.Slack, "unlock", "[owner/repo] environment", Meaning)
        {
            Needs = Needs, Right = CommandRight.Write, Example = "unlock production", Parser = RepositoryGrammar.InRepository(Arguments),
        },
    ];

    public override string Sign => "🔓";

    protected override async Task<IReadOnlyList<ActResult>> ActAsync(EnvironmentLocks act, CommandPlace place, CancellationToken cancellationToken) =>
        [await act.UnlockAsync(place.Actor, Environment, seen: null, place.PullRequest, cancellationToken)];
}
