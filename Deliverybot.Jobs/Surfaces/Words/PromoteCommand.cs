using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Promotion;
using Superpower;
using static Deliverybot.Jobs.Surfaces.Words.RepositoryGrammar;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <param name="At">The commit, as written; null for what the place is about.</param>
internal sealed record PromoteCommand(string? At) : ActCommand<Promotions>
{
    private static readonly TextParser<Command> InSlack =
        from repository in MaybeRepository
        from commit in Ref
        select (Command)new PromoteCommand(commit) { Repository = repository };

    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.PullRequest, "promote", "", "lets the commit go on to targets that wait for a promotion")
        {
            Right = CommandRight.Write, Example = "/promote", Parser = ArgumentGrammar.Alone(new PromoteCommand(At: null)),
        },
        new(CommandSurface.Slack, "promote", "[owner/repo]@sha", "lets a commit go on to targets that wait for a promotion")
        {
            Needs = "a commit after @", Right = CommandRight.Write, Example = "promote acme/shop@1a2b3c4", Parser = InSlack,
        },
    ];

    protected override async Task<IReadOnlyList<ActResult>> ActAsync(Promotions act, CommandPlace place, CancellationToken cancellationToken)
    {
        if (place.Closed is { } closed)
        {
            return [new ActResult(ActEnd.Refused, $"{closed}: promote the commit on its branch's page instead", Sentence.Empty)];
        }

        var commit = await place.CommitAsync(At, cancellationToken);
        return await commit.ThenAsync(async found =>
            [await act.PromoteAsync(place.Actor, new PromotionRequest { Sha = found.Sha, Source = found.Source }, cancellationToken)]);
    }
}
