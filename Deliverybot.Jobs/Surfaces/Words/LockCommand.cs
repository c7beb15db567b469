using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Locks;
using Superpower;

namespace Deliverybot.Jobs.Surfaces.Words;

internal sealed record LockCommand(EnvironmentName Environment, LockTerms Terms) : ActCommand<EnvironmentLocks>
{
    private const string Meaning = "keeps an environment as it is";
    private const string Needs = "the name of an environment";

    private static readonly TextParser<Command> Arguments =
        from name in ArgumentGrammar.Name
        from terms in ArgumentGrammar.Terms
        select (Command)new LockCommand(new EnvironmentName(name), terms);

    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.PullRequest, "lock", "<environment> [for 2h] [reason]", Meaning)
        {
            Needs = Needs, Right = CommandRight.Write, Example = "/lock production for 2h stock-taking", Parser = ArgumentGrammar.With(Arguments),
        },
        new(CommandSurface.Slack, "lock", "[owner/repo] environment [for 2h] [reason]", Meaning)
        {
            Needs = Needs, Right = CommandRight.Write, Example = "lock production for 2h stock-taking", Parser = RepositoryGrammar.InRepository(Arguments),
        },
    ];

    public override string Sign => "🔒";

    protected override async Task<IReadOnlyList<ActResult>> ActAsync(EnvironmentLocks act, CommandPlace place, CancellationToken cancellationToken)
    {
        if (place.Closed is { } closed)
        {
            return
            [
                new ActResult(
                    ActEnd.Refused,
                    $"{closed.What}, and a lock ends with the pull request that it was taken in. Take it on the page or in one that is open",
                    Sentence.Empty),
            ];
        }

        var request = new LockRequest { Environment = Environment, Reason = Terms.Reason, For = Terms.For, PullRequest = place.PullRequest };
        return [await act.LockAsync(place.Actor, request, cancellationToken)];
    }
}
