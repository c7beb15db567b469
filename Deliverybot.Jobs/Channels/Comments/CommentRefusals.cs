using System.Collections.Concurrent;
using System.Net;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Logging;

namespace Deliverybot.Jobs.Channels.Comments;

/// <summary>Tells the operator, once for each installation and answer of GitHub's, what has to be done so that the App may comment.</summary>
internal sealed partial class CommentRefusals(ILogger<CommentRefusals> logger)
{
    private readonly ConcurrentDictionary<(InstallationId Installation, HttpStatusCode Status, string Words), bool> _told = new();

    public void Tell(Repository repository, GitHubRefusedException refusal)
    {
        if (_told.TryAdd((repository.InstallationId, refusal.Status, refusal.Words), true))
        {
            Log.Refused(logger, repository.FullName, (int)refusal.Status, refusal.Words);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "GitHub refused a comment or reaction in a pull request of {Repository} with {Status}: {Words}. Deployments go on without it. Check that the App has the permission \"Issues: write\" and that its installation has accepted it; some installations also need \"Pull requests: write\". A conversation that is locked takes no comments either.")]
        public static partial void Refused(ILogger logger, RepositoryName repository, int status, string words);
    }
}
