using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>The targets that a commit can be deployed to, wherever somebody picks one.</summary>
/// <param name="All">And what each would do now.</param>
internal sealed record TargetLines(IReadOnlyList<TargetLine> All)
{
    /// <summary>Whether force would help anywhere, now or should something come between: it passes no lock, and mends no template.</summary>
    public bool MayForce => All.Any(line => line is { LockedIn: null, Rank: < TargetLine.Impossible });

    /// <summary>The environments whose lock stands in the way.</summary>
    public IEnumerable<EnvironmentName> Locked => All.Select(line => line.LockedIn).OfType<EnvironmentName>().Distinct();

    /// <summary>The first target that it would go on at; where there is none, the first that it can be deployed to at all.</summary>
    public int Preselected => Math.Max(0, All.Index().OrderBy(line => line.Item.Rank).Select(line => line.Index).FirstOrDefault());
}

/// <summary>A target to pick, and what it would do now.</summary>
/// <param name="Name">Its key in <c>deploy.yml</c>.</param>
/// <param name="Word">What would happen, in a sentence; a blank where that hasn't been asked.</param>
/// <param name="Rank">The lower, the more sense it makes.</param>
internal sealed record TargetLine(TargetName Name, string Word, Tone Tone, int Rank = 0)
{
    /// <summary>The rank of what a person can't change here.</summary>
    public const int Impossible = 3;

    /// <summary>The environment whose lock stands in the way; null where none does.</summary>
    public EnvironmentName? LockedIn { get; init; }

    /// <summary>Not asked: the word keeps its place.</summary>
    public static TargetLine Unasked(TargetName name) => new(name, "\u00a0", Tone.Plain);

    /// <param name="waits">Whether an event's wish for the commit waits there.</param>
    public static TargetLine Of(Prospect prospect, bool waits)
    {
        var line = Of(prospect);
        return waits && line.Rank < Impossible ? line with { Word = $"{line.Word} {Waits}" } : line;
    }

    private const string Waits = "It waits there already, and goes out by itself.";

    private static TargetLine Of(Prospect prospect) => prospect switch
    {
        { Fault: { } fault } => new(prospect.Target.Name, $"Can’t work here: {fault}", Tone.Bad, Rank: Impossible),
        { Decision.Stopped: { } stopped } => new(
            prospect.Target.Name,
            string.Join(' ', new[] { stopped.Reason, prospect.Bearing.Kind is BearingKind.Older ? prospect.Bearing.Sentence : Sentence.Empty, prospect.Hold }.Where(told => !told.IsEmpty)),
            prospect.YieldsToForce ? Tone.Wait : Tone.Bad,
            Rank: 2)
        {
            LockedIn = stopped.Gate == GateNames.Lock ? prospect.Environment : null,
        },
        { Bearing: { Kind: not BearingKind.Onward, Sentence: var bearing } } =>
            new(prospect.Target.Name, $"{bearing} {prospect.Hold}".TrimEnd(), prospect.Bearing.Kind is BearingKind.Older ? Tone.Wait : Tone.Plain, Rank: 1),
        { Hold: { IsEmpty: false } hold } => new(prospect.Target.Name, $"Ready: goes to {prospect.Environment} at once. {hold}", Tone.Good),
        _ => new(prospect.Target.Name, $"Ready: goes to {prospect.Environment} at once.", Tone.Good),
    };
}

/// <summary>Asks of each target what it would do with a commit, were the button pressed now.</summary>
internal sealed class TargetLinesReader(UserSession session, DeliverybotContext database, Preview preview)
{
    /// <param name="asked">The targets that can be picked.</param>
    public async Task<TargetLines> ReadAsync(
        RepositoryAccess access, CommitSha sha, GitRef lookedAt, DeployTargets asked, RepositoryClient github, CancellationToken cancellationToken)
    {
        var repository = await database.Repositories.AsNoTracking().SingleOrDefaultAsync(row => row.Id == access.Id, cancellationToken);
        if (repository is null)
        {
            return new TargetLines([.. asked.All.Select(target => TargetLine.Unasked(target.Name))]);
        }

        var question = new ProspectQuestion
        {
            Repository = repository,
            Sha = sha,
            Ref = lookedAt,
            By = session.User,
            PullRequest = await BranchPullRequest.FindAsync(lookedAt, asked.All, github, cancellationToken),
        };
        var prospects = await preview.OfPersonAsync(question, asked, github, cancellationToken);
        var waiting = await database.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == access.Id && row.Sha == sha && row.State == DeploymentState.Waiting)
            .Where(DeploymentCauses.AutomaticRows)
            .Select(row => new { row.Target, row.Environment })
            .ToListAsync(cancellationToken);
        return new TargetLines(
            [.. prospects.Select(prospect => TargetLine.Of(prospect, waiting.Exists(row => row.Target == prospect.Target.Name && row.Environment == prospect.Environment)))]);
    }
}
