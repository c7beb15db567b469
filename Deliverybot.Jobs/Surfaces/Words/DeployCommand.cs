using System.Collections.Immutable;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Superpower;
using static Deliverybot.Jobs.Surfaces.Words.ArgumentGrammar;
using static Deliverybot.Jobs.Surfaces.Words.RepositoryGrammar;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <param name="Targets">Each once, in the order they were named.</param>
/// <param name="At">Branch, tag or commit, as written; null for what the place is about.</param>
/// <param name="IsForced">Without regard to order, queue and checks.</param>
internal sealed record DeployCommand(ImmutableArray<TargetName> Targets, string? At, bool IsForced) : ActCommand<ManualDeployments>
{
    /// <summary>Whether it waits where it may not go out yet.</summary>
    public bool Waits { get; init; }

    private static readonly TextParser<Option> Words = Force.Value(new Option(null, Force: true)).Try().Or(Wait.Value(new Option(null, Waits: true)));

    private static readonly TextParser<Command> InPullRequest =
        from blank in Blank
        from targets in ArgumentGrammar.Targets
        from options in Blank.IgnoreThen(Sha.Select(sha => new Option(sha)).Try().Or(Words)).Try().Many()
        from end in Blank.Optional()
        select (Command)new DeployCommand(
            targets, options.Select(option => option.Sha).FirstOrDefault(sha => sha is not null)?.Value, options.Any(option => option.Force))
        {
            Waits = options.Any(option => option.Waits),
        };

    private static readonly TextParser<Source?> From =
        from repository in MaybeRepository
        from reference in Ref.Select(name => (string?)name).OptionalOrDefault()
        from blank in Blank
        where repository is not null || reference is not null
        select (Source?)new Source(repository, reference);

    private static readonly TextParser<Command> InSlack =
        from source in From.Try().OptionalOrDefault()
        from target in Superpower.Parse.Not(RepositoryGrammar.Repository).IgnoreThen(Name)
        from options in Blank.IgnoreThen(Words).Try().Many()
        select (Command)new DeployCommand([new TargetName(target)], source?.Ref, options.Any(option => option.Force))
        {
            Repository = source?.Repository,
            Waits = options.Any(option => option.Waits),
        };

    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.PullRequest, "deploy", "<target>[,<target>] [sha] [force] [wait]", "deploys this pull request")
        {
            Needs = "the name of a target", Right = CommandRight.Write, Example = "/deploy staging", Parser = InPullRequest.AtEnd(),
        },
        new(CommandSurface.Slack, "deploy", "[owner/repo][@ref] target [force] [wait]", "deploys a branch, tag or commit")
        {
            Needs = "the name of a target", Right = CommandRight.Write, Example = "deploy acme/shop@main production", Parser = InSlack,
        },
    ];

    protected override async Task<IReadOnlyList<ActResult>> ActAsync(ManualDeployments act, CommandPlace place, CancellationToken cancellationToken)
    {
        var commit = await place.CommitAsync(At, cancellationToken);
        return await commit.ThenAsync(found => act.RequestAsync(place.Actor, RequestOf(found, place), Targets, cancellationToken));
    }

    private ManualRequest RequestOf(MeantCommit.Found commit, CommandPlace place) => new()
    {
        Target = Targets[0],
        Sha = commit.Sha,
        Source = commit.Source,
        Delivery = place.Delivery,
        Via = place.Via,
        Force = IsForced,
        Waits = Waits,
    };

    private sealed record Option(ShaPrefix? Sha, bool Force = false, bool Waits = false);

    private sealed record Source(RepositoryName? Repository, string? Ref);
}
