using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Hangfire;
using Hangfire.States;

namespace Deliverybot.Jobs.Deploying;

/// <summary>Looks at a wish with the App's own access, and puts off what GitHub can't do now.</summary>
internal sealed class InstallationEvaluator(
    DeliverybotContext db, DeploymentEvaluator evaluator, GitHubClients github, IBackgroundJobClientV2 jobs, TimeProvider time)
{
    private static readonly TimeSpan LookSoon = TimeSpan.FromSeconds(2);

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
            await evaluator.EvaluateAsync(wish, client, cancellationToken);
        }
        catch (RetryLaterException later)
        {
            PutOff(wish.Id, later.At, later.Reason);
        }
        catch (OutcomeUnknownException unknown)
        {
            PutOff(wish.Id, time.GetUtcNow() + LookSoon, unknown.Message);
        }
    }

    /// <summary>Ends the wish if it has become pointless; GitHub is not asked.</summary>
    public Task EndIfPointlessAsync(Deployment wish, CancellationToken cancellationToken) => evaluator.EndIfPointlessAsync(wish, cancellationToken);

    private void PutOff(DeploymentId id, DateTimeOffset at, string reason) =>
        jobs.Create<EvaluateDeploymentJob>(
            job => job.RunAsync(id.Value, CancellationToken.None),
            new ScheduledState(at.UtcDateTime) { Reason = reason });
}
