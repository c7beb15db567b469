using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts.Rollbacks;

internal sealed record RollbackRequest
{
    /// <summary>A target; or, where that has many environments, one of them.</summary>
    public required string Place { get; init; }

    /// <summary>Where the person was told that it goes: if that has changed since, nothing is done. Null: the person was told nothing.</summary>
    public CommitSha? To { get; init; }

    /// <summary>The deployment that is to be done again; null for what was live before.</summary>
    public DeploymentId? Chosen { get; init; }

    /// <summary>Why, as the person wrote it.</summary>
    public string? Why { get; init; }

    public required DeploymentVia Via { get; init; }

    public PullRequestNumber? PullRequest { get; init; }

    /// <summary>The webhook that brought the command: processed again, it doesn't go back again.</summary>
    public WebhookDeliveryGuid? Delivery { get; init; }
}

/// <param name="Place">What the rollback is to be asked for.</param>
/// <param name="To">The commit that would go there.</param>
internal sealed record RollbackOffer(string Place, CommitSha To);

/// <param name="To">The commit that would go there; null where there is none.</param>
internal sealed record RollbackPreview(string Sentence, CommitSha? To)
{
    /// <summary>Where that would be; null where there is nothing to go back to.</summary>
    public EnvironmentName? Environment { get; init; }

    /// <summary>The commit that was tried there last, which it takes back; null where it takes back what is live.</summary>
    public CommitSha? Tried { get; init; }

    /// <summary>Whether it would be refused, and why is the sentence; not where GitHub can't be used now.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Which commit that is, and how many leave; empty where GitHub doesn't say.</summary>
    public Sentence Details { get; init; } = Data.Names.Sentence.Empty;

    /// <summary>What is held then, and until when; empty where there is nothing to go back to.</summary>
    public Sentence Held { get; init; } = Data.Names.Sentence.Empty;

    /// <summary>All of it.</summary>
    public IEnumerable<string> All => new[] { Sentence, Details.ToString(), Held.ToString() }.Where(text => text.Length > 0);
}
