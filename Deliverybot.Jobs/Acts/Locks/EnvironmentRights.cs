using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Rights;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Locks;

/// <summary>What people are let do with an environment by the targets that deploy there: each of them has to let them.</summary>
internal sealed class EnvironmentRights(DeliverybotContext db, PersonRights rights)
{
    /// <param name="targets">Those of the file, as it is now.</param>
    /// <param name="forLooking">An answer up to a minute old will do: nothing is done by it.</param>
    /// <returns>Why the person may not; null where the person may.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<Sentence?> RefusalAsync(
        RepositoryId repository, EnvironmentName environment, IReadOnlyList<Target> targets, Permission what, GitHubUser person, bool forLooking, CancellationToken cancellationToken)
    {
        foreach (var target in await RuledAsync(repository, environment, [.. targets.Where(target => target.Permissions?.Of(what) is not null)], cancellationToken))
        {
            var right = await rights.AskAsync(repository, target, what, person, forLooking, cancellationToken);
            if (!right.IsGiven)
            {
                return right.Refusal(person, environment);
            }
        }

        return null;
    }

    /// <summary>Those that deploy there: by the file, or, where its name is a template, by what was deployed.</summary>
    private async Task<IReadOnlyList<Target>> RuledAsync(
        RepositoryId repository, EnvironmentName environment, IReadOnlyList<Target> ruled, CancellationToken cancellationToken)
    {
        if (ruled.All(target => target.Environment.IsPlain))
        {
            return [.. ruled.Where(target => environment == new EnvironmentName(target.Environment.Text))];
        }

        var key = environment.Key;
        var deployed = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.EnvironmentKey == key)
            .Select(row => row.Target)
            .Distinct()
            .ToListAsync(cancellationToken);
        return [.. ruled.Where(target => target.Environment.IsPlain ? environment == new EnvironmentName(target.Environment.Text) : deployed.Contains(target.Name))];
    }
}
