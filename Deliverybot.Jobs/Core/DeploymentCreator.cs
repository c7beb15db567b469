using System.Net;
using System.Text.Json.Nodes;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.Core;

/// <summary>The only writer of deployments at GitHub.</summary>
internal sealed class DeploymentCreator(DeliverybotContext db, TimeProvider time)
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>Asks GitHub for the deployment; the row says so before, so that a retry knows to look first.</summary>
    /// <param name="named">What the deployment names: branch or tag while the commit is its head, so that workflows keep their ref; else the commit (null).</param>
    /// <param name="contexts">What GitHub has to find good.</param>
    public async Task<DeploymentCreation> CreateAsync(
        Turn turn,
        Deployment wish,
        Target target,
        DeploymentName? named,
        IReadOnlyList<string> contexts,
        RepositoryClient github,
        CancellationToken cancellationToken)
    {
        turn.MustCover(wish);
        wish.State = DeploymentState.Creating;
        wish.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);

        var deployment = new NewDeployment
        {
            Sha = wish.Sha,
            Ref = named?.Ref,
            InFull = named is { InFull: true },
            Correlation = wish.Id,
            Environment = wish.Environment,
            Task = wish.Task,
            Description = wish.Description,
            RequiredContexts = contexts,
            Payload = JsonNode.Parse(wish.Payload ?? "{}", documentOptions: TolerantJson.Documents)!.AsObject(),
            AutoMerge = target.AutoMerge && !wish.IsRollback(),
            TransientEnvironment = wish.TransientEnvironment,
            ProductionEnvironment = wish.ProductionEnvironment,
        };
        return await github.Deployments.CreateAsync(deployment, cancellationToken) switch
        {
            // A commit's id can mean nothing else. Should it all the same, that ends here.
            DeploymentCreation.Created made when named is null && made.Sha != wish.Sha =>
                new DeploymentCreation.Refused(HttpStatusCode.Conflict, $"it deployed {made.Sha.Short}, though {wish.Sha} was named."),
            var creation => creation,
        };
    }

    /// <summary>Looks for what an attempt without an answer has left at GitHub.</summary>
    public static async Task<DeploymentCreation.Created?> FindAsync(Deployment wish, RepositoryClient github, CancellationToken cancellationToken)
    {
        var filter = new DeploymentFilter(Environment: wish.Environment);
        var found = await github.Deployments.FindByCorrelationAsync(wish.Id, filter, wish.CreatedAt - ClocksDiffer, cancellationToken);
        return found is null ? null : new DeploymentCreation.Created(found.Id, found.Sha, found.CreatedAt);
    }
}
