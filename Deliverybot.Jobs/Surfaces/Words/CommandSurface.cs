namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>Where commands are written.</summary>
internal enum CommandSurface
{
    PullRequest,
    Slack,
}
