using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Site.Pages.Deployments;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>Brings together what GitHub knows of a commit, and what was decided about it.</summary>
internal sealed class CommitReader(UserSession session, GitHubClients gitHub, GitHubSilence silence, DeployFiles deployFiles, DeliverybotContext database, TakenBack taken, LetGoOn goAheads, WaitingEvents waiting, NextSteps steps, KeptEnvironments keptEnvironments, ReleaseReader releases, TimeProvider time)
{
    private const int ShortestSha = 4;

    /// <summary>A commit may have been wished for very often: the newest tell enough.</summary>
    private const int Most = 200;

    /// <returns>The commit whose sha begins like that; null if there is none.</returns>
    public async Task<CommitSha?> WholeOfAsync(RepositoryName repository, string beginning, CancellationToken cancellationToken) =>
        beginning.Length is >= ShortestSha and < 64 && beginning.All(char.IsAsciiHexDigit)
            && await gitHub.User(session.Token).Repository(repository).Commits.GetAsync(new Revision(beginning), cancellationToken) is { } commit
            && commit.Sha.Value.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
            ? commit.Sha
            : null;

    /// <returns>Null if GitHub has no such commit there.</returns>
    public async Task<CommitView?> ReadAsync(RepositoryAccess access, CommitSha sha, CancellationToken cancellationToken)
    {
        var asked = await silence.UnlessMetAsync(async () => (View: await AskAsync(access, sha, cancellationToken), IsAnswered: true), (null, false));
        if (asked.IsAnswered)
        {
            return asked.View;
        }

        // What GitHub alone knows is missing; of a commit that nobody wished for, that would be all.
        var rows = await RowsAsync(access.Id, sha, cancellationToken);
        return rows.Count == 0 ? throw silence.Fault! : new CommitView(
            access,
            CommitHead.Unanswered(sha),
            ChecksView.Unanswered,
            await WithStepsAsync(access, RecordsOf(rows, [], time.GetUtcNow()), rows, cancellationToken),
            [],
            FileThen: null,
            DeployFileState.Unreadable.Unanswered,
            await MomentsAsync(access.Id, rows, cancellationToken))
        {
            Behind = await waiting.FindAsync(access.Id, cancellationToken),
        };
    }

    private async Task<CommitView?> AskAsync(RepositoryAccess access, CommitSha sha, CancellationToken cancellationToken)
    {
        var client = gitHub.User(session.Token).Repository(access.Name);
        var commit = client.Commits.GetAsync(sha, cancellationToken);
        var statuses = client.CommitStatuses.ListAsync(sha, cancellationToken);
        var runs = client.Checks.ListAsync(sha, cancellationToken);
        var file = deployFiles.ReadAsync(client, at: null, cancellationToken);
        if (await commit is not { } found)
        {
            await ((Task)Task.WhenAll(statuses, runs, file)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }

        var rows = await RowsAsync(access.Id, sha, cancellationToken);
        var targets = await file is DeployFileState.Valid valid ? EnvironmentOrder.Sort(valid.Targets) : [];
        var order = targets.Select((target, index) => (target.Name, index)).ToDictionary(entry => entry.Name, entry => entry.index);
        IReadOnlyList<UnaskedTarget> unasked = [.. targets.Where(target => !rows.Any(row => IsOf(target, row.Row))).Select(target => new UnaskedTarget(target.Name, Follows(target)))];
        var then = unasked.Count > 0 ? await deployFiles.ReadAsync(client, sha, cancellationToken) : null;
        return new CommitView(
            access,
            CommitHead.Of(found),
            CommitChecksView.Of(found, await statuses, await runs),
            await WithStepsAsync(access, RecordsOf(rows, order, time.GetUtcNow()), rows, cancellationToken),
            unasked,
            then?.WasAtCommit,
            await file,
            await MomentsAsync(access.Id, rows, cancellationToken))
        {
            Behind = await waiting.FindAsync(access.Id, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<CommitMoment>> MomentsAsync(RepositoryId repository, IReadOnlyList<(Deployment Row, bool IsLive)> rows, CancellationToken cancellationToken) =>
        CommitMoments.Of(
            rows.Select(row => row.Row),
            await taken.AmongAsync([.. rows.Where(row => !row.IsLive).Select(row => row.Row)], cancellationToken),
            await goAheads.AmongAsync(repository, [.. rows.Select(row => row.Row)], cancellationToken));

    /// <summary>With what can be done where each stands, as the deployment's own page has it.</summary>
    private async Task<IReadOnlyList<TargetRecord>> WithStepsAsync(
        RepositoryAccess access, IReadOnlyList<TargetRecord> records, IReadOnlyList<(Deployment Row, bool IsLive)> rows, CancellationToken cancellationToken)
    {
        var kept = await keptEnvironments.AmongAsync(access.Id, records.Select(record => record.Environment), cancellationToken);
        var all = new List<TargetRecord>(records.Count);
        foreach (var record in records)
        {
            var now = record.Now is { Id: var id } ? rows.First(item => item.Row.Id == id).Row : null;
            all.Add(record with
            {
                Next = record.Next is { } next ? await steps.JudgeAsync(access, next, cancellationToken) : null,
                Back = now is null ? null : await releases.BackAsync(access, now, cancellationToken),
                Kept = now is { IsGone: true } || (now is not null && KeptLine.IsSaidBy(now)) ? [] : [.. kept[record.Environment.Key]],
                ApproveAt = now is { AwaitsApproval: true } && now.State.IsActive() ? SafeUrl.Of(now.LogUrl) : null,
            });
        }

        return all;
    }

    private async Task<IReadOnlyList<(Deployment Row, bool IsLive)>> RowsAsync(RepositoryId repository, CommitSha sha, CancellationToken cancellationToken)
    {
        var rows = await database.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.Sha == sha)
            .OrderByDescending(row => row.Id)
            .Take(Most)
            .Include(row => row.Steps)
            .Include(row => row.Evaluations)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        var live = await database.LiveAmongAsync([.. rows.Where(row => row.State == DeploymentState.Success).Select(row => row.Id)], cancellationToken);
        return [.. rows.Select(row => (row, live.Contains(row.Id)))];
    }

    /// <summary>What others deploy names no target of ours, but may go to the same environment.</summary>
    private static bool IsOf(Target target, Deployment row) =>
        row.Target == target.Name
        || (row.Cause == DeploymentCause.External && string.Equals(row.Environment.Value, target.Environment.Text, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<TargetRecord> RecordsOf(IReadOnlyList<(Deployment Row, bool IsLive)> rows, Dictionary<TargetName, int> order, DateTimeOffset now) =>
    [
        .. rows
            .GroupBy(item => (item.Row.Target, item.Row.Environment))
            .OrderBy(group => order.GetValueOrDefault(group.Key.Target, int.MaxValue))
            .ThenBy(group => group.Key.Environment.Key, NaturalNames.Comparer)
            .Select(group => TargetRecord.Of(group.Key.Target, group.Key.Environment, [.. group.Select(item => WishOf(item.Row, item.IsLive, now))])),
    ];

    private static WishView WishOf(Deployment row, bool isLive, DateTimeOffset now) => new(
        row.Id,
        StateView.Of(row, isLive, now),
        TriggerChoice.Tell(row),
        row.CreatedAt,
        row.DoesNotCount ?? StateWords.Why(row, now),
        CommitStanding.Rank(row.State, row.AwaitsApproval, row.DoesNotCount is null, row.Cause),
        isLive,
        row.Evaluations.MaxBy(evaluation => evaluation.Id),
        NextView.Of(row, now))
    {
        IsOpen = DeploymentStates.Unfinished.Contains(row.State) && row.DoesNotCount is null,
    };

    private static string Follows(Target target) => target.AutoDeployOn.IsEmpty
        ? "It is deployed by hand only."
        : $"It follows {string.Join(", ", target.AutoDeployOn)}.";
}
