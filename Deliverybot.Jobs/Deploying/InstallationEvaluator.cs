using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Hangfire;
using Hangfire.States;

namespace Deliverybot.Jobs.Deploying;

/// <summary>Looks at a wish with the App's own access, and puts off what GitHub can't do now.</summary>
internal sealed class InstallationEvaluator(
    DeliverybotContext db, DeploymentEvaluator evaluator, WishRecord record, GitHubClients github, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    /// <summary>GitHub may still be working on a request whose answer was lost.</summary>
    private static readonly TimeSpan LookSoon = TimeSpan.FromSeconds(16);

    public async Task EvaluateAsync(Deployment wish, CancellationToken cancellationToken)
    {
        var repository = await db.Repositories.FindAsync([wish.RepositoryId], cancellationToken)
            ?? throw new InvalidOperationException($"Deployment {wish.Id} belongs to no repository.");
        await EvaluateAsync(wish, github.Installation(repository.InstallationId).Repository(repository.FullName), cancellationToken);
    }

    public async Task EvaluateAsync(Deployment wish, RepositoryClient client, CancellationToken cancellationToken)
    {
        try
        {
            if (wish.NeedsUserToken() && wish.State == DeploymentState.Waiting)
            {
                // The person's token is gone, and the App's must not take its place.
                await record.CancelAsync(wish, DeploymentEvaluator.Interrupted, cancellationToken);
                return;
            }

            await evaluator.EvaluateAsync(wish, client, cancellationToken);
        }
        catch (RetryLaterException later)
        {
            PutOff(wish.Id, client, later.At, later.Reason);
        }
        catch (OutcomeUnknownException unknown)
        {
            PutOff(wish.Id, client, time.GetUtcNow() + LookSoon, unknown.Message);
        }
    }

    /// <summary>Ends the wish if it has become pointless; GitHub is not asked.</summary>
    public Task EndIfPointlessAsync(Deployment wish, CancellationToken cancellationToken) => evaluator.EndIfPointlessAsync(wish, cancellationToken);

    private void PutOff(DeploymentId id, RepositoryClient client, DateTimeOffset at, string reason) =>
        jobs.Create<EvaluateDeploymentJob>(
            job => job.RunAsync(client.Name.ToString(), id.Value, CancellationToken.None),
            new ScheduledState(at.UtcDateTime) { Reason = reason });
}
