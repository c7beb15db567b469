using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Acts.Locks;

/// <summary>The environments of a repository: those that <c>deploy.yml</c> names, and those that were deployed to or are locked.</summary>
internal sealed class KnownEnvironments(DeliverybotContext db, DeployFiles deployFiles, PullRequestEnvironments pullRequests)
{
    private const int MostListed = 20;

    /// <summary>Of so many deployments the targets are taken where the file tells of none.</summary>
    private const int MostRead = 200;

    /// <summary>The targets of the default branch's file; none where there is no sound one.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<IReadOnlyList<Target>> TargetsAsync(RepositoryClient github, CancellationToken cancellationToken) =>
        await deployFiles.ReadAsync(github, at: null, cancellationToken) is DeployFileState.Valid valid ? valid.Targets.All : [];

    /// <summary>The targets whose rules hold: while the file can't be read, those that were read last go on, as for what waits.</summary>
    /// <exception cref="RetryLaterException">GitHub can't be used now.</exception>
    public async Task<IReadOnlyList<Target>> RuledAsync(RepositoryId repository, RepositoryClient github, CancellationToken cancellationToken) =>
        await deployFiles.ReadAsync(github, at: null, cancellationToken) switch
        {
            DeployFileState.Valid { Targets: var targets } => targets.All,
            DeployFileState.Absent or DeployFileState.Workflow => [],
            _ => await ReadLastAsync(repository, cancellationToken),
        };

    private async Task<IReadOnlyList<Target>> ReadLastAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        var recent = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.TargetDefinition != null)
            .OrderByDescending(row => row.Id)
            .Take(MostRead)
            .Select(row => new { row.Target, row.TargetDefinition })
            .ToListAsync(cancellationToken);
        return [.. recent.DistinctBy(row => row.Target).Select(row => TargetJson.Read(row.TargetDefinition!))];
    }

    /// <param name="targets">Those of the file, as it is now.</param>
    /// <param name="askedIn">The pull request that it is named in: by a target with many environments its own is meant.</param>
    /// <returns>The environment, spelt as it is known here.</returns>
    public async Task<Sought<EnvironmentName>> FindAsync(
        RepositoryId repository, EnvironmentName named, PullRequestNumber? askedIn, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var plain = targets.Where(target => target.Environment.IsPlain).Select(target => new EnvironmentName(target.Environment.Text)).ToList();
        if (plain.Find(environment => environment == named) is { Value: not null } planned)
        {
            return new Sought<EnvironmentName>.Found(planned);
        }

        if (await FindRecordedAsync(repository, named, cancellationToken) is { } recorded)
        {
            return new Sought<EnvironmentName>.Found(recorded);
        }

        return askedIn is { } number && targets.FirstOrDefault(target => target.Name.Value == named.Value) is { } many
            && await pullRequests.FindAsync(repository, many, number, cancellationToken) is { } own
            ? new Sought<EnvironmentName>.Found(own)
            : new Sought<EnvironmentName>.Missing(await WhyNotAsync(repository, named, targets, plain, cancellationToken));
    }

    private async Task<EnvironmentName?> FindRecordedAsync(RepositoryId repository, EnvironmentName named, CancellationToken cancellationToken)
    {
        var key = named.Key;
        var locked = await db.Locks.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.EnvironmentKey == key)
            .Select(row => row.Environment)
            .Take(1)
            .ToListAsync(cancellationToken);
        if (locked is [var name])
        {
            return name;
        }

        var deployed = await db.Deployments.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.EnvironmentKey == key)
            .Select(row => row.Environment)
            .Take(1)
            .ToListAsync(cancellationToken);
        return deployed is [var environment] ? environment : null;
    }

    private async Task<string> WhyNotAsync(
        RepositoryId repository, EnvironmentName named, IReadOnlyList<Target> targets, List<EnvironmentName> plain, CancellationToken cancellationToken)
    {
        if (targets.FirstOrDefault(target => target.Name.Value == named.Value) is { } target)
        {
            return target.Environment.IsPlain
                ? $"{named} is a target. Its environment is {target.Environment.Text}."
                : $"{named} is a target whose environment is a template, {target.Environment.Text}. Name one of the environments that this gives.";
        }

        var deployed = await db.Deployments
            .Where(row => row.RepositoryId == repository && row.SucceededAt != null && !row.TransientEnvironment)
            .Select(row => row.Environment)
            .Distinct()
            .Take(MostListed)
            .ToListAsync(cancellationToken);
        var known = plain.Concat(deployed).Distinct().Select(environment => environment.Value).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var hint = NearestName.Hint(named.Value, known);
        return $"There is no environment {Shown.Short(named.Value)}{hint}{(hint.EndsWith('?') ? "" : ".")}";
    }
}
