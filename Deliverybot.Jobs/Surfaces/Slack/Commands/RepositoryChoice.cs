using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.Surfaces.Slack.Messages;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>The repository that a command means, and what its caller may do there.</summary>
internal abstract record RepositoryChoice
{
    private RepositoryChoice()
    {
    }

    /// <summary>To look at.</summary>
    public sealed record Found(RepositoryInfo Info) : RepositoryChoice;

    /// <summary>To act in.</summary>
    public sealed record Open(RepositoryInfo Info, Actor Actor) : RepositoryChoice;

    public sealed record Refused(SlackAnswer Answer) : RepositoryChoice;
}
