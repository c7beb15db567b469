using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Rollbacks;

/// <summary>What a person with write access asks for.</summary>
internal sealed record RollbackRequest
{
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>A target; or, where that has many environments, one of them.</summary>
    public required string Place { get; init; }

    public required GitHubLogin By { get; init; }

    /// <summary>The pull request that the person wrote in: then the App carries it out.</summary>
    public PullRequestNumber? PullRequest { get; init; }

    /// <summary>The webhook that brought the command: processed again, it doesn't go back again.</summary>
    public WebhookDeliveryGuid? Delivery { get; init; }
}
