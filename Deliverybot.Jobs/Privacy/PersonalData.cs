using System.Text.RegularExpressions;
using Deliverybot.Data;
using Deliverybot.Data.Names;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Privacy;

/// <summary>
/// What is kept of a person. Others need to know that something was deployed, by whom doesn't have to stay: so records are kept, and
/// the name in them goes.
/// </summary>
internal sealed class PersonalData(DeliverybotContext db)
{
    /// <summary>Stands where the name was. No GitHub login has a blank.</summary>
    public static readonly GitHubLogin DeletedUser = new("deleted user");

    /// <summary>
    /// Removes the links to Slack with their tokens, and the name from activity, deployments and locks, all or nothing. The end of the
    /// person's sessions stays: without it, a session that was ended would be open again.
    /// </summary>
    /// <param name="user">GitHub's number of the person: Slack links are kept by it.</param>
    /// <param name="login">The name that the person has now: records are kept by it.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is deleted then.</param>
    public async Task ForgetAsync(GitHubUserId user, GitHubLogin login, CancellationToken cancellationToken)
    {
        var name = login.Value;
        var word = $"(?<![A-Za-z0-9-]){Regex.Escape(name)}(?![A-Za-z0-9-])";
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SlackLinks.Where(link => link.UserId == user).ExecuteDeleteAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"update activity set actor = {DeletedUser.Value} where lower(actor) = lower({name})", cancellationToken);
            await db.Database.ExecuteSqlAsync($"update deployments set requested_by = {DeletedUser.Value} where lower(requested_by) = lower({name})", cancellationToken);
            await db.Database.ExecuteSqlAsync($"update environment_locks set holder = {DeletedUser.Value} where lower(holder) = lower({name})", cancellationToken);
            // Our own sentences name people, too ("ada unlocked production, which grace had locked").
            await db.Database.ExecuteSqlAsync($"update activity set detail = regexp_replace(detail, {word}, {DeletedUser.Value}, 'gi') where detail ~* {word}", cancellationToken);
            await db.Database.ExecuteSqlAsync($"update deployments set reason = regexp_replace(reason, {word}, {DeletedUser.Value}, 'gi') where reason ~* {word}", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
    }
}
