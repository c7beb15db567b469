using Deliverybot.Data;
using Deliverybot.Data.Activity;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Site.Pages.Shared;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.Pages.Activity;

/// <summary>Reads the record of what people did in a repository.</summary>
internal sealed class ActivityReader(DeliverybotContext database)
{
    public const int PageSize = 50;

    /// <param name="filter">What it is narrowed down to.</param>
    /// <param name="before">What came before this entry; null for the newest.</param>
    /// <returns>The newest first; one more than fits where there is another page.</returns>
    public async Task<IReadOnlyList<ActivityLine>> ListAsync(
        RepositoryId repository, ActivityFilter filter, long? before, CancellationToken cancellationToken)
    {
        var entries = database.Activity.AsNoTracking().Where(entry => entry.RepositoryId == repository);
        if (before is { } last)
        {
            entries = entries.Where(entry => entry.Id < last);
        }

        return await Narrowed(entries, filter)
            .OrderByDescending(entry => entry.Id)
            .Take(PageSize + 1)
            .Select(entry => new ActivityLine(
                entry.Id, entry.At, entry.Actor.Login, entry.Act, entry.Environment, entry.DeploymentId, entry.Sha, entry.Detail))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<ActivityEntry> Narrowed(IQueryable<ActivityEntry> entries, ActivityFilter filter)
    {
        if (filter.Login is { } login)
        {
            var name = LikePattern.Exactly(login.Value);
            entries = entries.Where(entry => EF.Functions.ILike((string)(object)entry.Actor.Login, name, LikePattern.Escape));
        }

        if (filter.EnvironmentName is { } environment)
        {
            var name = LikePattern.Exactly(environment.Value);
            entries = entries.Where(entry => EF.Functions.ILike((string)(object)entry.Environment!, name, LikePattern.Escape));
        }

        return filter.ActChoice is { } act ? entries.Where(entry => entry.Act == act) : entries;
    }
}

internal sealed record ActivityLine(
    long Id,
    DateTimeOffset At,
    GitHubLogin Actor,
    ActivityKind Act,
    EnvironmentName? Environment,
    DeploymentId? Deployment,
    CommitSha? Sha,
    Sentence Detail)
{
    /// <summary>What is to be said besides who did what: a sentence that begins with that goes on from there.</summary>
    /// <param name="act">What was done, as the line says it.</param>
    public string Said(string act) => Detail.ToString() is var whole && $"{Actor} {act} " is var known && whole.StartsWith(known, StringComparison.Ordinal)
        ? whole[known.Length..]
        : whole;
}

/// <summary>What the fields of the filter offer: the names that the page shows, which cost no look at the database. Others can be typed.</summary>
internal sealed record ActivitySuggestions(IReadOnlyList<EnvironmentName> Environments, IReadOnlyList<GitHubLogin> People)
{
    public static ActivitySuggestions Of(IReadOnlyList<ActivityLine> lines) => new(
        [.. lines.Select(line => line.Environment).OfType<EnvironmentName>().Distinct().OrderBy(name => name.Key, NaturalNames.Comparer)],
        [.. lines.Select(line => line.Actor).Distinct().OrderBy(login => login.Value, StringComparer.OrdinalIgnoreCase)]);
}
