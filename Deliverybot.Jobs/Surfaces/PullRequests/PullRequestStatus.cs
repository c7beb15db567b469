using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>
/// <c>/status</c>: what is live in each environment, what has failed since, what waits and why, locks and holds. The environments that people work with come
/// first, in the order of the pipeline, then those of pull requests by number. Before all of it, that <c>deploy.yml</c> is broken.
/// </summary>
internal sealed class PullRequestStatus(DeployFiles deployFiles, Standings standings, ForcedPast forced, CommitLinks commits, SiteLinks links, TimeProvider time)
{
    private const int MostEnvironments = 50;
    private const int MostComing = 3;

    public async Task<CommandAnswer> AnswerAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var file = await deployFiles.AskAsync(context.GitHub, at: null, cancellationToken);
        var broken = file.Told is { } told ? $"{(file.Warning is null ? "" : "❌ ")}{GitHubMarkdown.Plain(told)}\n\n" : "";
        var all = await standings.ReadAsync(context.Repository.Id, only: null, cancellationToken);
        var order = EnvironmentOrder.Of(targets: null, all);
        var shown = all.Where(standing => standing.IsInUse)
            .OrderBy(standing => standing.IsTransient).ThenBy(standing => standing.Environment, order)
            .Take(MostEnvironments)
            .ToList();
        var past = await forced.AmongAsync(
            shown.SelectMany(standing => standing.Live is { } live ? standing.Coming.Append(live) : standing.Coming), cancellationToken);
        if (shown is [])
        {
            return CommandAnswer.Done($"{broken}{await standings.NothingAsync(context.Repository.Id, "Nothing has been deployed here yet.", cancellationToken)}{(file is DeployFileState.Valid ? " `/deploy help` lists the targets." : "")}");
        }

        return CommandAnswer.Done(
            $"{broken}| Environment | Live | On its way | Kept as it is |\n| --- | --- | --- | --- |\n"
            + string.Concat(shown.Select(standing => Row(context.Repository.FullName, standing, file, past))));
    }

    private string Row(RepositoryName repository, Standing standing, DeployFileState file, IReadOnlyDictionary<DeploymentId, Sentence> past) =>
        $"| {GitHubMarkdown.Code(standing.Environment.Value, inTable: true)} | {Live(repository, standing, past)}{Failed(repository, standing.Failed)}{Failed(repository, standing.Unapproved)} | {Coming(repository, standing, past)} | {Kept(standing, file)} |\n";

    private string Live(RepositoryName repository, Standing standing, IReadOnlyDictionary<DeploymentId, Sentence> past)
    {
        if (standing.Live is not { } live)
        {
            return "nothing";
        }

        var when = string.Create(CultureInfo.InvariantCulture, $"{live.SucceededAt:yyyy-MM-dd HH:mm} UTC");
        var open = GitHubMarkdown.Link("open", live.EnvironmentUrl) is { } link ? $" · {link}" : "";
        return $"{commits.Of(repository, live.Sha)} {By(live, past)}, {when}{open}";
    }

    private string Failed(RepositoryName repository, Deployment? attempt)
    {
        if (attempt is not { } failed)
        {
            return "";
        }

        var why = StateWords.WhyFailed(failed) is { IsEmpty: false } reason ? $": {GitHubMarkdown.Plain(reason)}" : "";
        return $"<br>{(failed.AwaitsApproval ? "🚫" : "❌")} {commits.Of(repository, failed.Sha)} by {GitHubMarkdown.Plain(failed.RequestedBy.ToString())} {StateWords.Verb(failed, time.GetUtcNow())} it{why}{Details(repository, failed)}";
    }

    private string Coming(RepositoryName repository, Standing standing, IReadOnlyDictionary<DeploymentId, Sentence> past)
    {
        var shown = standing.Coming.Reverse().Take(MostComing).Select(wish => $"{Coming(repository, wish, past)}{Details(repository, wish)}");
        var more = standing.Coming.Count - MostComing;
        return standing.Coming is [] ? "–" : string.Join("<br>", more > 0 ? shown.Append($"and {more} more") : shown);
    }

    private string Coming(RepositoryName repository, Deployment wish, IReadOnlyDictionary<DeploymentId, Sentence> past)
    {
        var commit = commits.Of(repository, wish.Sha);
        return wish.State switch
        {
            DeploymentState.Waiting when wish.Reason is { } reason => $"⏳ {commit} waits: {GitHubMarkdown.Plain(reason)}",
            DeploymentState.Waiting => $"⏳ {commit} waits",
            _ when wish.SilentSince(time.GetUtcNow()) is { } since => $"❔ {commit} {By(wish, past)} is {StateWords.Silent}: {GitHubMarkdown.Plain(StateWords.SilentSince(wish.AwaitsApproval, since))} {GitHubMarkdown.Plain(StateWords.SilentStep(wish, time.GetUtcNow()))}",
            DeploymentState.Pending when wish.AwaitsApproval => $"⏳ {commit} {By(wish, past)} {StateWords.Label(wish.State, wish.AwaitsApproval, isSilent: false)}",
            _ => $"🚚 {commit} {By(wish, past)} is {StateWords.Label(wish.State, wish.AwaitsApproval, isSilent: false)}",
        };
    }

    /// <summary>The page that has all of it, and what can be done about it.</summary>
    private string Details(RepositoryName repository, Deployment row) =>
        GitHubMarkdown.Link("details", links.Deployment(repository, row.Id)?.AbsoluteUri) is { } link ? $" · {link}" : "";

    private static string By(Deployment row, IReadOnlyDictionary<DeploymentId, Sentence> past) =>
        GitHubMarkdown.Plain(StateWords.By(row.RequestedBy.Login, ForcedPast.IsForced(row), past.GetValueOrDefault(row.Id), StateWords.OfRollback(row)));

    private string Kept(Standing standing, DeployFileState file)
    {
        var sentences = new List<string>();
        if (standing.Lock is { } held)
        {
            sentences.Add($"🔒 {GitHubMarkdown.Plain($"{LockWords.Locked(standing.Environment, held.Facts())}.")}");
        }

        if (standing.Hold is { } hold)
        {
            sentences.Add($"⏪ {GitHubMarkdown.Plain($"{LockWords.Held(standing.Environment, hold.Facts())}.")}");
        }

        if (file is DeployFileState.Valid { Targets: var targets })
        {
            sentences.AddRange(Closure.Of(targets.Of(standing.Environment), standing.Environment, time.GetUtcNow())
                .Select(closed => $"{(closed.IsFreeze ? "❄️" : "🕘")} {GitHubMarkdown.Plain(closed.Sentence)}"));
        }

        return sentences is [] ? "–" : string.Join("<br>", sentences);
    }
}
