using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.Slack.Messages;

namespace Deliverybot.Jobs.Slack.Commands;

/// <summary>The repository that a command means, and whether its caller may do there what he asks for.</summary>
internal abstract record RepositoryChoice
{
    private RepositoryChoice()
    {
    }

    public sealed record Found(RepositoryInfo Info, RepositoryClient GitHub) : RepositoryChoice;

    public sealed record Refused(SlackAnswer Answer) : RepositoryChoice;
}
