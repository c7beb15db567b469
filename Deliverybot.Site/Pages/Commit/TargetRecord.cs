using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>
/// What was decided about a commit and one target in one environment: how it stands there now, and what else was wished. What was
/// refused, or ended before it began, changes nothing there.
/// </summary>
/// <param name="Now">The last wish that says how the commit stands there; null: none does.</param>
/// <param name="Since">Those after it that came to nothing, the newest first.</param>
/// <param name="Earlier">Those before it, the newest first.</param>
internal sealed record TargetRecord(
    TargetName Target, EnvironmentName Environment, WishView? Now, IReadOnlyList<WishView> Since, IReadOnlyList<WishView> Earlier)
{
    /// <summary>Where nothing of it is there, of those that came to nothing so many are shown at once.</summary>
    private const int MostSince = 3;

    /// <summary>How the commit stands there: where nothing of it is, how the wish ended that says so best, in that one's own word.</summary>
    public StateView State => (Now ?? Said).State;

    /// <summary>Why nothing of it is there, where that isn't what was wished last; null: what was wished last says it.</summary>
    public WishView? Because => Now is null && Said != Since[0] ? Said : null;

    /// <summary>The newest of those that say most (<see cref="WishView.Rank"/>).</summary>
    private WishView Said => All.MinBy(wish => wish.Rank)!;

    /// <summary>What the environment runs, where something else was wished for it after that.</summary>
    public WishView? StillLive => Now is { IsLive: true } ? null : Earlier.FirstOrDefault(wish => wish.IsLive);

    /// <summary>What was wished before it, and has ended no more than that: it waits still, and goes out by itself, or is under way.</summary>
    public IReadOnlyList<WishView> StillOpen => [.. Earlier.Where(wish => wish.IsOpen)];

    /// <summary>What can be done about it: about what was wished last, where nothing of it is there.</summary>
    public NextView? Next { get; init; } = (Now ?? (Since is [var last, ..] ? last : null))?.Next;

    /// <summary>Where a rollback would go that mends it; null where it goes nowhere, or whoever looks may not.</summary>
    public RollbackOffer? Back { get; init; }

    /// <summary>What keeps the environment as it is, where the reason of what waits doesn't say so.</summary>
    public IReadOnlyList<KeptLine> Kept { get; init; } = [];

    /// <summary>Where GitHub is told whether it may go on; null where it doesn't wait for that.</summary>
    public string? ApproveAt { get; init; }

    public IEnumerable<WishView> All => [.. Since, .. Now is null ? Array.Empty<WishView>() : [Now], .. Earlier];

    /// <param name="wishes">The newest first.</param>
    public static TargetRecord Of(TargetName target, EnvironmentName environment, IReadOnlyList<WishView> wishes)
    {
        var now = wishes.FirstOrDefault(wish => wish.IsInPlay);
        List<WishView> since = [.. wishes.TakeWhile(wish => wish != now).Take(now is null ? MostSince : wishes.Count)];
        return new TargetRecord(target, environment, now, since, [.. wishes.Skip(since.Count).Where(wish => wish != now)]);
    }
}
