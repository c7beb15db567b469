using Deliverybot.Jobs.Surfaces.Slack;
using Deliverybot.Site.Slack.SlackNet;
using Hangfire;

namespace Deliverybot.Site.Slack.Commands;

/// <summary>A workspace has removed the app (<see href="https://docs.slack.dev/reference/events/app_uninstalled"/>).</summary>
internal sealed class UninstalledEvents(IBackgroundJobClientV2 jobs) : IEventHandler
{
    public Task Handle(string type, string teamId, CancellationToken cancellationToken)
    {
        if (type == "app_uninstalled")
        {
            jobs.Enqueue<RemoveWorkspaceJob>(job => job.RunAsync(teamId, CancellationToken.None));
        }

        return Task.CompletedTask;
    }
}
