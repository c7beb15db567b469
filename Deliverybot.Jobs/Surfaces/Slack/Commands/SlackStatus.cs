using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Deliverybot.Jobs.Surfaces.Words;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary><c>/deliverybot status [owner/repo] [environment]</c>: what is live, what has failed, what is on its way, what waits and why, what is locked; and that <c>deploy.yml</c> is broken.</summary>
internal sealed class SlackStatus(
    DeliverybotContext db,
    DeployFiles deployFiles,
    Standings all,
    ForcedPast forced,
    KnownEnvironments environments,
    SlackRepositories repositories,
    DeploymentAnswers answers,
    TimeProvider time)
{
    private const int MostEnvironments = 15;
    private const int MostWaiting = 15;

    public async Task<SlackAnswer> AnswerAsync(StatusCommand command, SlackCaller caller, CancellationToken cancellationToken) =>
        await repositories.LookAsync(
            command.Repository, caller, info => TellAsync(info.Id, info.Name, command.Environment, caller.GitHub.Repository(info.Name), cancellationToken), cancellationToken);

    private async Task<SlackAnswer> TellAsync(
        RepositoryId id, RepositoryName name, EnvironmentName? environment, RepositoryClient github, CancellationToken cancellationToken)
    {
        var found = await all.ReadAsync(id, environment, cancellationToken);
        var standings = found.OrderBy(standing => standing.IsTransient).ThenBy(standing => standing.Environment, EnvironmentOrder.Of(targets: null, found)).ToList();
        var live = standings.Select(standing => standing.Live).OfType<Deployment>().Take(MostEnvironments).ToList();
        var failed = standings.SelectMany(standing => new[] { standing.Failed, standing.Unapproved }).OfType<Deployment>().Take(MostEnvironments).ToList();
        var open = standings.SelectMany(standing => standing.Coming).OrderBy(row => row.Id).Take(MostWaiting).ToList();
        var locks = standings
            .SelectMany(standing => new[] { standing.Lock, standing.Hold }).OfType<EnvironmentLock>();

        var past = await forced.AmongAsync([.. live, .. failed, .. open], cancellationToken);
        var refs = await RefsBackAsync([.. live, .. failed, .. open], cancellationToken);
        var lines = live.Select(row => Live(row, name, past.GetValueOrDefault(row.Id), refs))
            .Concat(failed.Select(row => Failed(row, name, past, refs)))
            .Concat(open.Select(row => Open(row, name, past, refs)))
            .Concat(locks.Select(Locked))
            .ToList();
        var file = await deployFiles.AskAsync(github, at: null, cancellationToken);
        lines.AddRange(standings.Select(standing => standing.Environment).Union(environment is { } asked ? new[] { asked } : [])
            .SelectMany(each => Closed(file, each))
            .Take(MostEnvironments));
        var broken = file.Told;
        return new SlackAnswer
        {
            Audience = Audience.Caller,
            Headline = environment is { } one ? Mrkdwn.Of($"*{one} of {name}*") : Mrkdwn.Of($"*{name}*"),
            Lines = lines,
            Sentences =
            [
                .. broken is null ? Array.Empty<string>() : [broken],
                .. lines.Count > 0 ? Array.Empty<string>() : [await NothingAsync(id, environment, github, cancellationToken)],
            ],
        };
    }

    private async Task<string> NothingAsync(RepositoryId id, EnvironmentName? environment, RepositoryClient github, CancellationToken cancellationToken) =>
        environment is not { } named
            ? await all.NothingAsync(id, "Nothing was deployed here yet, and nothing waits.", cancellationToken)
            : (await environments.FindAsync(id, named, askedIn: null, await environments.TargetsAsync(github, cancellationToken), cancellationToken)).Match(
                found: _ => "Nothing is live there, nothing waits, and nothing is locked.",
                missing: why => why);

    /// <summary>A rollback names no branch: what it goes back to does.</summary>
    private async Task<IReadOnlyDictionary<DeploymentId, GitRef?>> RefsBackAsync(IReadOnlyList<Deployment> rows, CancellationToken cancellationToken)
    {
        var back = rows.Where(row => row.Ref is null).Select(row => row.RollbackTo).OfType<DeploymentId>().Distinct().ToList();
        return back is []
            ? new Dictionary<DeploymentId, GitRef?>()
            : await db.Deployments.AsNoTracking().Where(row => back.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Ref, cancellationToken);
    }

    private Mrkdwn Live(Deployment row, RepositoryName name, Sentence? past, IReadOnlyDictionary<DeploymentId, GitRef?> refs) =>
        Mrkdwn.Of($":white_check_mark: {row.Environment} runs {row.Sha.Short}{From(row, refs)}, {When(row.SucceededAt)} {new Mrkdwn(StateWords.By(row.RequestedBy.Login, row.Force, past, StateWords.OfRollback(row), Mrkdwn.Coded))}{Link(row, name)}");

    private Mrkdwn Failed(
        Deployment row, RepositoryName name, IReadOnlyDictionary<DeploymentId, Sentence> past, IReadOnlyDictionary<DeploymentId, GitRef?> refs) =>
        Mrkdwn.Of($"{new Mrkdwn(row.AwaitsApproval ? ":no_entry_sign:" : ":x:")} {row.Sha.Short}{From(row, refs)} {new Mrkdwn(StateWords.Verb(row, time.GetUtcNow()))} {row.Environment}{Forced(row, past)}{Because(StateWords.WhyFailed(row))}{Link(row, name)}");

    private Mrkdwn Open(
        Deployment row, RepositoryName name, IReadOnlyDictionary<DeploymentId, Sentence> past, IReadOnlyDictionary<DeploymentId, GitRef?> refs)
    {
        var now = time.GetUtcNow();
        var isSilent = row.SilentSince(now) is not null;
        var sign = new Mrkdwn(isSilent ? ":grey_question:" : row.State is DeploymentState.Waiting || row.AwaitsApproval ? ":hourglass:" : ":rocket:");
        var why = isSilent || row.State is DeploymentState.Waiting ? Because(StateWords.Why(row, now)) : default;
        var step = isSilent ? Mrkdwn.Of($" {StateWords.SilentStep(row, now)}") : default;
        return Mrkdwn.Of($"{sign} {row.Sha.Short}{From(row, refs)} {new Mrkdwn(StateWords.Verb(row, now))} {row.Environment}{new Mrkdwn(row.IsRollback() ? ", as a rollback" : "")}{Forced(row, past)}{why}{step}{Link(row, name)}");
    }

    private static Mrkdwn Locked(EnvironmentLock row) => Mrkdwn.Of(
        $":lock: {(row.Kind == LockKind.Lock ? LockWords.Locked(row.Environment, row.Facts()) : LockWords.Held(row.Environment, row.Facts()))}");

    private IEnumerable<Mrkdwn> Closed(DeployFileState file, EnvironmentName environment) => file is DeployFileState.Valid { Targets: var targets }
        ? Closure.Of(targets.Of(environment), environment, time.GetUtcNow())
            .Select(closed => Mrkdwn.Of($"{new Mrkdwn(closed.IsFreeze ? ":snowflake:" : ":clock9:")} {closed.Sentence}"))
        : [];

    private static Mrkdwn From(Deployment row, IReadOnlyDictionary<DeploymentId, GitRef?> refs) =>
        (row.Ref ?? (row.RollbackTo is { } back ? refs.GetValueOrDefault(back) : null)) is { } name ? Mrkdwn.Of($" ({name.ShortName})") : default;

    private static Mrkdwn Forced(Deployment row, IReadOnlyDictionary<DeploymentId, Sentence> past) =>
        ForcedPast.IsForced(row) ? Mrkdwn.Of($", {new Mrkdwn(StateWords.By(row.RequestedBy.Login, isForced: true, past.GetValueOrDefault(row.Id), told: null, Mrkdwn.Coded))}") : default;

    private static Mrkdwn Because(string? reason) => string.IsNullOrEmpty(reason) ? default : Mrkdwn.Of($": {reason}");

    private Mrkdwn Link(Deployment row, RepositoryName name) => answers.LinkTo(name, row.Id) is { } link ? Mrkdwn.Of($" · {link}") : default;

    /// <summary>Slack shows it in the reader's own time (<see href="https://docs.slack.dev/messaging/formatting-message-text#date-formatting"/>).</summary>
    private static Mrkdwn When(DateTimeOffset? at) => at is { } moment
        ? new Mrkdwn(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"<!date^{moment.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{moment.UtcDateTime:yyyy-MM-dd HH:mm} UTC>"))
        : new Mrkdwn("earlier");
}
