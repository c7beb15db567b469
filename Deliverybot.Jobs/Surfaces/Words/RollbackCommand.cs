using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Rollbacks;
using Superpower;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>It works in a closed pull request as well: what is merged may have to be taken back.</summary>
/// <param name="Where">A target; or one of its environments, where it has many.</param>
internal sealed record RollbackCommand(string Where) : ActCommand<EnvironmentRollbacks>
{
    private const string Meaning = "goes back to what was live before";
    private const string Needs = "the name of a target";

    private static readonly TextParser<Command> Arguments = ArgumentGrammar.Name.Select(name => (Command)new RollbackCommand(name));

    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.PullRequest, "rollback", "<target>", Meaning)
        {
            Needs = Needs, Right = CommandRight.Write, Example = "/rollback production", Parser = ArgumentGrammar.With(Arguments),
        },
        new(CommandSurface.Slack, "rollback", "[owner/repo] target", Meaning)
        {
            Needs = Needs, Right = CommandRight.Write, Example = "rollback production", Parser = RepositoryGrammar.InRepository(Arguments),
        },
    ];

    public override string Sign => "⏪";

    protected override async Task<IReadOnlyList<ActResult>> ActAsync(EnvironmentRollbacks act, CommandPlace place, CancellationToken cancellationToken) =>
        [await act.RollBackAsync(place.Actor, new RollbackRequest { Place = Where, Via = place.Via, PullRequest = place.PullRequest, Delivery = place.Delivery }, cancellationToken)];
}
