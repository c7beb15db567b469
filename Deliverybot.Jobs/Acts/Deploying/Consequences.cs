using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Deploying;

/// <summary>
/// What a person's deployment would bring about that isn't plain from asking for it, as things stand now: it takes commits back, does the
/// same again, leaves a hold, or overrules somebody. Nothing is done.
/// </summary>
internal sealed class Consequences(DeliverybotContext db, DeployFiles deployFiles, Preview preview)
{
    /// <returns>Empty where there is nothing to ask about: it only goes on, or won't be done at all, and the act says why.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now, so that nobody can say what would come of it.</exception>
    public async Task<Foreseen> OfAsync(Actor actor, ManualRequest request, CancellationToken cancellationToken) =>
        request.Source is not CommitSource.NamedIn { Pull.IsOpen: false }
        && await db.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == actor.Repository, cancellationToken) is { } repository
        && TargetChoice.From(await deployFiles.AskAsync(actor.GitHub, at: null, cancellationToken), request.Target) is Sought<Target>.Found(var target)
            ? Told(await preview.OfPersonAsync(await QuestionAsync(actor, request, repository, target, cancellationToken), target, actor.GitHub, cancellationToken))
            : Foreseen.Plain;

    private static async Task<ProspectQuestion> QuestionAsync(
        Actor actor, ManualRequest request, Data.Installations.Repository repository, Target target, CancellationToken cancellationToken)
    {
        var (lookedAt, pullRequest) = await request.Source.Match(
            async at => ((GitRef?)at.Ref, await BranchPullRequest.FindAsync(at.Ref, [target], actor.GitHub, cancellationToken)),
            named => Task.FromResult<(GitRef?, PullRequestNumber?)>((null, named.Pull.Number)));
        return new ProspectQuestion { Repository = repository, Sha = request.Sha, Ref = lookedAt, By = actor.By, PullRequest = pullRequest, Force = request.Force };
    }

    private static Foreseen Told(Prospect prospect) => prospect is { Fault: not null } or { Decision.Stopped: not null }
        ? Foreseen.Plain
        : new Foreseen(prospect.Environment, [.. new[] { prospect.Bearing.Sentence, prospect.Hold, Overruled(prospect) }.Where(sentence => !sentence.IsEmpty)]);

    private static Sentence Overruled(Prospect prospect) =>
        Gates.Overridden.Past(prospect.Decision.Verdicts) is { IsEmpty: false } past ? (Sentence)$"Force overrules {past}." : Sentence.Empty;
}

/// <param name="Environment">Where it would come about; null where it won't.</param>
/// <param name="Told">Empty where there is nothing to ask about.</param>
internal sealed record Foreseen(EnvironmentName? Environment, IReadOnlyList<Sentence> Told)
{
    public static Foreseen Plain { get; } = new(null, []);
}
