using Deliverybot.Data;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Core.Branches;

/// <summary>
/// Remembers which commit of a branch was told last whether its <c>deploy.yml</c> is sound: a push and a pull request tell of the same
/// commit, and the later ones of a branch that changes the file are told, too.
/// </summary>
internal sealed class ToldRules(DeliverybotContext db)
{
    public async Task<CommitSha?> LastAsync(RepositoryId repository, GitRef branch, CancellationToken cancellationToken)
    {
        var known = await db.RefHeads.AsNoTracking()
            .Where(row => row.RepositoryId == repository && row.Ref == branch)
            .Select(row => new { row.RulesToldOn })
            .SingleOrDefaultAsync(cancellationToken);
        return known?.RulesToldOn;
    }

    /// <param name="repository">Whose branch it is.</param>
    /// <param name="branch">A branch that is followed.</param>
    /// <param name="sha">The commit that was told; null: the branch doesn't change the file (any more).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task NoteAsync(RepositoryId repository, GitRef branch, CommitSha? sha, CancellationToken cancellationToken) =>
        db.RefHeads
            .Where(row => row.RepositoryId == repository && row.Ref == branch)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.RulesToldOn, sha), cancellationToken);
}
