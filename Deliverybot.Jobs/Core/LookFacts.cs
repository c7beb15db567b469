using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Rights;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.Core;

/// <summary>What a look at a wish decides on: what is recorded here, and what GitHub says of the person who wishes.</summary>
internal sealed class LookFacts(GateFactsReader factsReader, PersonRights rights)
{
    /// <summary>What is recorded here alone.</summary>
    public Task<GateFacts> RecordedAsync(Deployment wish, Target target, CancellationToken cancellationToken) => factsReader.ReadAsync(wish, target, cancellationToken);

    /// <summary>
    /// And what the person who wishes is let do: nothing is created before GitHub has said so. Of a request that has waited it is asked once
    /// nothing else holds it.
    /// </summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<GateFacts> ReadAsync(Deployment wish, Target target, CancellationToken cancellationToken)
    {
        var facts = await factsReader.ReadAsync(wish, target, cancellationToken);
        return wish.HasWaited() && !wish.Force ? facts : await rights.AddAsync(facts, wish.RepositoryId, forLooking: false, cancellationToken);
    }

    /// <inheritdoc cref="PersonRights.AskAgainAsync"/>
    public Task<GateFacts> AskAgainAsync(GateFacts facts, RepositoryId repository, CancellationToken cancellationToken) =>
        rights.AskAgainAsync(facts, repository, cancellationToken);

    /// <summary>How the checks stand that a person forces it past: it is told from then on. What is forced waits for no answer to that.</summary>
    public static async Task<ChecksFacts?> OverriddenAsync(Deployment wish, Target target, RepositoryClient github, CancellationToken cancellationToken)
    {
        try
        {
            return await RequiredContexts.ReadAsync(wish.Sha, target.RequiredContexts, github, cancellationToken);
        }
        catch (Exception unread) when (unread is RetryLaterException or GitHubRefusedException)
        {
            return null;
        }
    }
}
