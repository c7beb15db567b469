using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Cancelling;
using Superpower;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>Written in a pull request, what that has waiting; in Slack, what the target has.</summary>
internal sealed record CancelCommand(TargetName Target) : ActCommand<Cancellations>
{
    private static readonly TextParser<Command> Arguments = ArgumentGrammar.Name.Select(name => (Command)new CancelCommand(new TargetName(name)));

    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.PullRequest, "cancel", "<target>", "ends what of this pull request waits")
        {
            Needs = "the name of a target", Right = CommandRight.Write, Example = "/cancel review", Parser = ArgumentGrammar.With(Arguments),
        },
        new(CommandSurface.Slack, "cancel", "[owner/repo] target", "ends what waits for a target")
        {
            Needs = "the name of a target", Right = CommandRight.Write, Example = "cancel production", Parser = RepositoryGrammar.InRepository(Arguments),
        },
    ];

    protected override async Task<IReadOnlyList<ActResult>> ActAsync(Cancellations act, CommandPlace place, CancellationToken cancellationToken) =>
        place.PullRequest is { } pull
            ? [await act.CancelAsync(place.Actor, pull, Target, cancellationToken)]
            : [await act.CancelAsync(place.Actor, Target.Value, cancellationToken)];
}
