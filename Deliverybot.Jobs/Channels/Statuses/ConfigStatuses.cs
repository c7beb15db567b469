using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Links;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Channels.Statuses;

/// <summary>Tells a commit that changes <c>deploy.yml</c> whether the file is sound.</summary>
internal sealed partial class ConfigStatuses(SiteLinks links, Pauses pauses, ILogger<ConfigStatuses> logger)
{
    /// <summary>Of a workflow nobody has asked us, so nothing is said.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task WriteAsync(RepositoryClient github, RepositoryId repository, CommitSha sha, DeployFileState file, CancellationToken cancellationToken)
    {
        if (file is DeployFileState.Workflow)
        {
            return;
        }

        try
        {
            await pauses.UnlessPausedAsync(
                repository, CommitStatusWriter.Told, () => github.CommitStatuses.CreateAsync(sha, Of(file, links.Config(github.Name)), cancellationToken));
        }
        catch (GitHubRefusedException refused)
        {
            Log.Refused(logger, sha.Short, github.Name, (int)refused.Status, refused.Words);
        }
    }

    internal static NewCommitStatus Of(DeployFileState file, Uri? link)
    {
        var (state, text) = file switch
        {
            DeployFileState.Valid { Targets.All: [_] } => (CommitState.Success, "1 target"),
            DeployFileState.Valid valid => (CommitState.Success, $"{valid.Targets.All.Length} targets"),
            DeployFileState.Absent => (CommitState.Success, $"{DeployFiles.Path} is gone: nothing is deployed."),
            DeployFileState.Misnamed => (CommitState.Failure, $"{DeployFiles.Misnamed} isn't read: call it {DeployFiles.Path}."),
            DeployFileState.Unreadable unreadable => (CommitState.Failure, unreadable.Reason),
            DeployFileState.Invalid invalid => (CommitState.Failure, invalid.Errors[0].ToString()),
            var other => throw new InvalidOperationException($"A deploy.yml that is {other} has no meaning here."),
        };
        return new NewCommitStatus(state, Contexts.Config, DescriptionLength.Cut(text), link);
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "GitHub refused the commit status deliverybot/config on {Sha} of {Repository} with {Status}: {Words}. Check that the App has the permission \"Commit statuses: write\" and that its installation has accepted it.")]
        public static partial void Refused(ILogger logger, string sha, RepositoryName repository, int status, string words);
    }
}
