using System.Net;
using System.Text.Json.Nodes;
using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.Core;

/// <summary>The only writer of deployments at GitHub.</summary>
internal sealed class DeploymentCreator(DeliverybotContext db, TimeProvider time)
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>Asks GitHub for the deployment; the row says so before, so that a retry knows to look first.</summary>
    /// <param name="facts">What the gates have let it pass by.</param>
    /// <param name="named">What the deployment names: branch or tag while the commit is its head, so that workflows keep their ref; else the commit (null).</param>
    /// <param name="contexts">What GitHub has to find good.</param>
    public async Task<DeploymentCreation> CreateAsync(
        Turn turn,
        Deployment wish,
        GateFacts facts,
        DeploymentName? named,
        IReadOnlyList<string> contexts,
        RepositoryClient github,
        CancellationToken cancellationToken)
    {
        turn.MustCover(wish);
        facts.MustBeAsked();
        wish.State = DeploymentState.Creating;
        wish.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);

        var deployment = new NewDeployment
        {
            Sha = wish.Sha,
            Ref = named?.Ref,
            InFull = named is { InFull: true },
            Correlation = wish.Id,
            RequestedBy = wish.HasWaited() ? wish.RequestedBy.Login : null,
            Environment = wish.Environment,
            Task = wish.Task,
            Description = wish.Description,
            RequiredContexts = contexts,
            Payload = JsonNode.Parse(wish.Payload ?? "{}", documentOptions: TolerantJson.Documents)!.AsObject(),
            AutoMerge = facts.Wish.Target.AutoMerge && !wish.IsRollback(),
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

/// <summary>
/// The branch or tag that a deployment names. Whoever carries it out has it as <c>github.ref</c>, and an environment's rules for branches
/// and tags go by it; a deployment that names a commit has none.
/// </summary>
/// <param name="Ref">The branch or tag.</param>
/// <param name="InFull">Whether it needs its full name: its short one may mean something else.</param>
internal sealed record DeploymentName(GitRef Ref, bool InFull)
{
    private static readonly string[] Longer = ["refs/", "heads/", "tags/"];

    /// <returns>Null where the commit itself has to be named: it isn't the head (any more), or was deployed before.</returns>
    public static DeploymentName? Of(GateFacts facts) => facts switch
    {
        { Wish.IsRollback: true } or { Wish.Ref: null } => null,
        { Wish: { IsAutomatic: true, Ref: { IsTag: true } tag } } => new(tag, IsUnclear(tag, facts)),
        { Wish: { Ref: { IsTag: true } tag } wish } when facts.Name.At == wish.Sha => new(tag, IsUnclear(tag, facts)),
        { Head.Sha: { } head, Wish: { Ref: { IsBranch: true } branch } wish } when head == wish.Sha => new(branch, IsUnclear(branch, facts)),
        _ => null,
    };

    /// <summary>A tag or branch is called like it; or it begins as a longer name does, for a branch may be called <c>heads/main</c>.</summary>
    private static bool IsUnclear(GitRef name, GateFacts facts) =>
        facts.Name.IsShared || Array.Exists(Longer, beginning => name.ShortName.StartsWith(beginning, StringComparison.Ordinal));
}
