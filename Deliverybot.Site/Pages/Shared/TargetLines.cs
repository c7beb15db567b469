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
    /// <summary>The first target that it would go on at; where there is none, the first that it can be deployed to at all.</summary>
    public int Preselected => Math.Max(0, All.Index().OrderBy(line => line.Item.Rank).Select(line => line.Index).FirstOrDefault());

    /// <summary>Whether it would go on at one of them, be it by force.</summary>
    public bool CanGo => All.Any(line => line.CanGo);

    /// <summary>Whether it could wait at one of them for what is in the way.</summary>
    public bool MayWait => All.Any(line => line.MayWait);

    /// <summary>The environments that somebody has locked against it.</summary>
    public IEnumerable<EnvironmentName> Locked => All.Select(line => line.Locked).OfType<EnvironmentName>().Distinct();
}

/// <summary>A target to pick, and what it would do now.</summary>
/// <param name="Name">Its key in <c>deploy.yml</c>.</param>
/// <param name="Word">What would happen, in a sentence; a blank where that hasn't been asked.</param>
/// <param name="Rank">The lower, the more sense it makes.</param>
internal sealed record TargetLine(TargetName Name, string Word, Tone Tone, int Rank = 0)
{
    /// <summary>Whether it would go on there, be it by force.</summary>
    public bool CanGo { get; private init; } = true;

    /// <summary>Whether it could wait there for what is in the way.</summary>
    public bool MayWait { get; private init; }

    /// <summary>The environment that somebody has locked against it; null where no lock is in the way.</summary>
    public EnvironmentName? Locked { get; private init; }

    /// <summary>Not asked: the word keeps its place.</summary>
    public static TargetLine Unasked(TargetName name) => new(name, "\u00a0", Tone.Plain);

    /// <summary>Whether a deployment of the commit would still change something there: it can go there at all, and isn't there or on its way.</summary>
    public bool CouldTake { get; private init; } = true;

    /// <param name="waitsFor">Why the same waits there already, which something has wished for; null where nothing has.</param>
    public static TargetLine Of(Prospect prospect, Sentence? waitsFor)
    {
        var line = Of(prospect) with
        {
            CouldTake = prospect is { Fault: null, Bearing.Kind: not (BearingKind.Live or BearingKind.OnItsWay) },
        };
        return waitsFor is null ? line : line.AndWaits(prospect.Decision.Stopped is null ? waitsFor : Sentence.Empty);
    }

    /// <param name="why">Empty where the line says it already.</param>
    private TargetLine AndWaits(Sentence why) => this with { Word = $"{Word} It waits already, and goes out by itself once it may{(why.IsEmpty ? "." : $": {why}")}" };

    private static TargetLine Of(Prospect prospect) => prospect switch
    {
        { Fault: { } fault } => new(prospect.Target.Name, $"Can’t work here: {fault}", Tone.Bad, Rank: 3) { CanGo = false },
        { Decision.Stopped: { } stopped } => new(prospect.Target.Name, Stopped(prospect, stopped.Reason), prospect.YieldsToForce ? Tone.Wait : Tone.Bad, Rank: 2)
        {
            CanGo = prospect.YieldsToForce,
            MayWait = prospect.LetsWait,
            Locked = stopped.Gate == GateNames.Lock ? prospect.Environment : null,
        },
        { Bearing: { Kind: not BearingKind.Onward, Sentence: var bearing } } =>
            new(prospect.Target.Name, $"{bearing} {prospect.Hold}".TrimEnd(), prospect.Bearing.Kind is BearingKind.Older ? Tone.Wait : Tone.Plain, Rank: 1),
        { Hold: { IsEmpty: false } hold } => new(prospect.Target.Name, $"Ready: goes to {prospect.Environment} at once. {hold}", Tone.Good),
        _ => new(prospect.Target.Name, $"Ready: goes to {prospect.Environment} at once.", Tone.Good),
    };

    /// <summary>What would come of it once that is out of the way is said, too.</summary>
    private static string Stopped(Prospect prospect, Sentence reason) =>
        Sentence.Join([reason, prospect.Bearing.Meanwhile, prospect.Hold]).ToString();
}

/// <summary>Asks of each target what it would do with a commit, were the button pressed now.</summary>
internal sealed class TargetLinesReader(UserSession session, DeliverybotContext database, Preview preview, TimeProvider time)
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
        var waiting = await database.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == access.Id && row.Sha == sha && row.State == DeploymentState.Waiting)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        var reasons = waiting.GroupBy(row => row.Target).ToDictionary(same => same.Key, same => StateWords.Why(same.Last(), time.GetUtcNow()) ?? Sentence.Empty);
        return new TargetLines(
        [
            .. (await preview.OfPersonAsync(question, asked, github, cancellationToken))
                .Select(prospect => TargetLine.Of(prospect, reasons.GetValueOrDefault(prospect.Target.Name))),
        ]);
    }
}
