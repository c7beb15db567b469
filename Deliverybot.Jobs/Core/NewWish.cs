using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Core;

/// <summary>A wish to deploy, before it is a row.</summary>
internal sealed record NewWish
{
    public required RepositoryId RepositoryId { get; init; }

    public required RepositoryName Repository { get; init; }

    public required Target Target { get; init; }

    /// <summary>Null where only the commit may be named.</summary>
    public required GitRef? Ref { get; init; }

    public required CommitSha Sha { get; init; }

    public required DeploymentOrigin Origin { get; init; }

    public required GitHubUser RequestedBy { get; init; }

    /// <summary>When the commit was made, where that is known.</summary>
    public DateTimeOffset? CommittedAt { get; init; }

    public PullRequestNumber? PullRequest { get; init; }

    /// <summary>Another task than the target's own.</summary>
    public string? Task { get; init; }

    public bool Force { get; init; }

    /// <summary>Whether a person lets it wait where it may not go out yet.</summary>
    public bool Waits { get; init; }

    /// <summary>Why the person wants it, in one line; empty where nothing was said.</summary>
    public string Why { get; init; } = "";

    /// <summary>When it belongs among the wishes for its branch; null: now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The webhook that made the wish.</summary>
    public WebhookDeliveryGuid? Delivery { get; init; }

    /// <summary>What a rollback goes back to, and repeats.</summary>
    public Repetition? Repeats
    {
        get;
        init => (field, Rendered) = (value, value?.Rendered);
    }

    /// <summary>What the target's templates gave, where that is known already.</summary>
    public RenderedWish.Whole? Rendered { get; init; }
}

/// <summary>An earlier deployment as a rollback repeats it: nothing is rendered again.</summary>
/// <param name="Of">The earlier deployment.</param>
/// <param name="Hold">What is left behind.</param>
/// <param name="Rendered">What it carried.</param>
internal sealed record Repetition(DeploymentId Of, LeftHold Hold, RenderedWish.Whole Rendered);
