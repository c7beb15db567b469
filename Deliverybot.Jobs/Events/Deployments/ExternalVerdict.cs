using System.Text.RegularExpressions;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Events.Deployments;

/// <summary>
/// Whether a deployment that others made says what its environment runs. GitHub files one for every job that names an environment, be it
/// for its secrets alone.
/// </summary>
internal static partial class ExternalVerdict
{
    private const string PullRequests = "it was made by a pull request's job";

    private const string MergeGroup = "merge_group";

    /// <param name="file"><c>deploy.yml</c> of the default branch.</param>
    /// <returns>The sentence that says why it doesn't count; null if it does. It names nobody.</returns>
    public static string? WhyNot(DeployFileState file, SeenDeployment told)
    {
        var targets = TargetsOf(file, told.Environment);
        var rules = targets.Select(target => target.External).OfType<ExternalRule>().ToList();
        var cause = told.Run.Event ?? CauseBy(told.Ref);
        var isOfPullRequest = told.Run.IsOfPullRequest || IsOfPullRequest(told.Ref) || cause is MergeGroup;
        var why = rules.Count > 0
            ? rules.Select(rule => WhyNot(rule, told, cause, isOfPullRequest)).FirstOrDefault(reason => reason is not null)
            : isOfPullRequest && IsShared(file, targets, told) ? PullRequests : null;
        return why is null ? null : $"It doesn't count in {told.Environment}: {why}.";
    }

    /// <summary><c>refs/pull/12/merge</c> is where such a job runs; by its event it is known also where GitHub names the branch instead.</summary>
    public static bool IsOfPullRequest(string? named) => named is not null && PullRequestRef.IsMatch(named);

    [GeneratedRegex("^(refs/heads/)?gh-readonly-queue/.")]
    private static partial Regex MergeQueueRef { get; }

    [GeneratedRegex("^(refs/)?pull/[0-9]+/(merge|head)$")]
    private static partial Regex PullRequestRef { get; }

    [GeneratedRegex(@"\$\{\{.*?\}\}")]
    private static partial Regex Placeholder { get; }

    private static string? WhyNot(ExternalRule rule, SeenDeployment told, string? cause, bool isOfPullRequest) => rule switch
    {
        { IsNothing: true } => "only what Deliverybot deploys does",
        { Tasks: [_, ..] } when !rule.Tasks.Contains(told.Task ?? DeployDefaults.Task) => "its task isn't among external.tasks",
        { Creators: [_, ..] } when !rule.Creators.Contains(told.Creator?.Login.Value ?? "", StringComparer.OrdinalIgnoreCase) => "its maker isn't among external.creators",
        { Events: [_, ..] } when cause is not null && !rule.Events.Contains(cause) => $"{cause} isn't among external.events",
        { Events: [] } when isOfPullRequest => PullRequests,
        _ => null,
    };

    /// <summary>
    /// What a job ran for, by its ref alone: GitHub's history doesn't tell the event. A branch of the merge queue is tried out by
    /// <c>merge_group</c>, before its commit is in any branch.
    /// </summary>
    private static string? CauseBy(string? named) => named switch
    {
        null => null,
        _ when IsOfPullRequest(named) => "pull_request",
        _ when MergeQueueRef.IsMatch(named) => MergeGroup,
        _ => null,
    };

    /// <summary>
    /// A preview is a pull request's own, and what its job deploys there is there. Any other environment is everybody's: what a target
    /// names outright, and production whoever names it. Of a file that can't be read nobody knows.
    /// </summary>
    private static bool IsShared(DeployFileState file, IReadOnlyList<Target> targets, SeenDeployment told) =>
        file is DeployFileState.Invalid or DeployFileState.Unreadable
        || told.ProductionEnvironment is true
        || told.Environment == DeployDefaults.Production
        || targets.Any(target => target.IsProduction(told.Environment) || (target.Environment.IsPlain && !target.TransientEnvironment));

    /// <summary>Those that name the environment outright; else those whose template may give it.</summary>
    private static List<Target> TargetsOf(DeployFileState file, EnvironmentName environment)
    {
        var all = file is DeployFileState.Valid { Targets.All: var targets } ? targets : [];
        var outright = all.Where(target => target.Environment.IsPlain && new EnvironmentName(target.Environment.Text) == environment).ToList();
        return outright is [_, ..] ? outright : [.. all.Where(target => !target.Environment.IsPlain && MayGive(target.Environment, environment))];
    }

    private static bool MayGive(Template template, EnvironmentName environment)
    {
        var literals = Placeholder.Split(template.Text).Select(Regex.Escape);
        return Regex.IsMatch(environment.Value, $"^{string.Join(".+", literals)}$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }
}

/// <summary>Judges a deployment that others made, once, when it is first heard of. Asked before the environment's turn, for it may ask GitHub.</summary>
internal sealed class OthersDeployments(DeliverybotContext db, GitHubClients github, DeployFiles deployFiles)
{
    /// <returns>Why it doesn't count; null where it does, is ours, or is known already.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<string?> WhyNotAsync(Repository repository, SeenDeployment told, CancellationToken cancellationToken)
    {
        var environmentKey = told.Environment.Key;
        var ours = told.Correlation;
        var attempt = db.Deployments.Where(row => row.Id == ours && row.RepositoryId == repository.Id && row.EnvironmentKey == environmentKey
            && row.GitHubId == null && row.State == DeploymentState.Creating);
        if (await db.Deployments.Numbered(told.Id).Select(row => row.Id).Concat(attempt.Select(row => row.Id)).AnyAsync(cancellationToken))
        {
            return null;
        }

        var file = await deployFiles.ReadAsync(github.Installation(repository.InstallationId).Repository(repository.FullName), at: null, cancellationToken);
        return ExternalVerdict.WhyNot(file, told);
    }
}
