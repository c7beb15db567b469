using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core;

/// <summary>What an environment's lock or hold keeps back: whoever ends that is told before what may go out by it.</summary>
internal sealed class KeptBack(DeliverybotContext db)
{
    private const int MostNamed = 5;

    /// <param name="but">A commit that goes out anyway.</param>
    /// <returns>Empty where nothing is kept back.</returns>
    public async Task<Sentence> SayAsync(RepositoryId repository, EnvironmentName environment, CommitSha? but, CancellationToken cancellationToken)
    {
        var key = environment.Key;
        var waiting = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.EnvironmentKey == key && row.State == DeploymentState.Waiting && row.Gate == GateNames.Lock && row.Sha != but)
            .OrderBy(row => row.Id)
            .Select(row => row.Sha)
            .Take(MostNamed + 1)
            .ToListAsync(cancellationToken);
        return waiting.Count == 0 ? Sentence.Empty : (Sentence)$"{Named(waiting)} {(waiting.Count == 1 ? "waits" : "wait")} for it, and may go out at once then.";
    }

    private static string Named(List<CommitSha> waiting)
    {
        var shown = waiting.Take(MostNamed).Select(sha => sha.Short).ToList();
        return waiting.Count > MostNamed ? $"{string.Join(", ", shown)} and more"
            : shown.Count == 1 ? shown[0]
            : $"{string.Join(", ", shown[..^1])} and {shown[^1]}";
    }
}
