using System.ComponentModel;
using Deliverybot.Jobs.Engine;
using Hangfire;

namespace Deliverybot.Jobs.Surfaces.Slack;

/// <summary>Slack wants its event answered at once; taking tokens back at GitHub may take longer.</summary>
[StoredAs("Deliverybot.Jobs.Slack.RemoveWorkspaceJob")]
internal sealed class RemoveWorkspaceJob(SlackWorkspaces workspaces)
{
    [DisplayName("Slack workspace {0} has removed the app")]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public Task RunAsync(string team, CancellationToken cancellationToken) => workspaces.RemoveAsync(team, cancellationToken);
}
