using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Engine;
using Hangfire;

namespace Deliverybot.Jobs.Events.Installations;

/// <summary>
/// An event says that an installation or repositories are gone. It may be told late, or be told again by somebody who has seen it, so that
/// what is kept goes only where GitHub says so, too. GitHub may be a moment behind its own event: where it says that they are there, it is
/// asked once more.
/// </summary>
internal sealed class Removals(KnownInstallations installations, KnownRepositories repositories, IBackgroundJobClientV2 jobs)
{
    private static readonly TimeSpan OnceMore = TimeSpan.FromMinutes(5);

    public async Task InstallationAsync(InstallationId id, CancellationToken cancellationToken)
    {
        if (await installations.AskAsync(id, cancellationToken))
        {
            LookOnceMore(id, []);
        }
    }

    public async Task RepositoriesAsync(InstallationId installation, IEnumerable<RepositoryId> told, CancellationToken cancellationToken)
    {
        var left = await repositories.RemoveGoneAsync(installation, [.. told], cancellationToken);
        if (left.Count > 0)
        {
            LookOnceMore(installation, [.. left.Select(id => id.Value)]);
        }
    }

    private void LookOnceMore(InstallationId installation, long[] left) =>
        jobs.Schedule<LookOnceMoreJob>(job => job.RunAsync(installation.Value, left, CancellationToken.None), OnceMore);
}

/// <summary>Comes some minutes after an event has said that something is gone which GitHub still had.</summary>
[StoredAs("Deliverybot.Jobs.Installations.LookOnceMoreJob")]
internal sealed class LookOnceMoreJob(KnownInstallations installations, KnownRepositories repositories)
{
    /// <param name="installation">Told to be gone, or to have lost repositories.</param>
    /// <param name="left">Those repositories; none: the installation itself.</param>
    [JobTitle("Installation {0}: whether what was told to be gone is gone")]
    [RetryLater]
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [5, 30, 120, 600, 1800])]
    public Task RunAsync(long installation, long[] left, CancellationToken cancellationToken)
    {
        var id = new InstallationId(installation);
        return left is []
            ? installations.AskAsync(id, cancellationToken)
            : repositories.RemoveGoneAsync(id, [.. left.Select(repository => new RepositoryId(repository))], cancellationToken);
    }
}
