using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>An environment in the table: what it runs, and what else is to be said of it in a word or two.</summary>
/// <param name="Tone">The one thing to see from afar, as on the board.</param>
/// <param name="Behind">What it is known to lag behind: an earlier environment, or its branch; null where nothing is known of that.</param>
/// <param name="Marks">What failed, comes and stands in the way, the worst first.</param>
internal sealed record PlaceView(EnvironmentName Environment, Tone Tone, LiveCommit? Live, PlaceBehind? Behind, IReadOnlyList<PlaceMark> Marks)
{
    /// <summary>All that is shown of it.</summary>
    public IEnumerable<object?> Shown => [Environment, Tone, Live?.Deployment, Live?.Sha, Live?.Since.UtcTicks, Behind, .. Marks];

    /// <param name="behind">The environment that a promotion would bring something from; null where none is known to have something newer.</param>
    public static PlaceView Of(LastingEnvironment stands, EnvironmentName? behind, DateTimeOffset now)
    {
        var onItsWay = stands.Coming.Where(row => row.State.IsActive()).ToList();
        var silent = onItsWay.FindAll(row => row.SilentSince(now) is not null);
        var heard = onItsWay.Except(silent).Select(row => StateView.Of(row, isLive: false, now)).OrderByDescending(state => state.Tone).ToList();
        var waiting = stands.Coming.Count(row => row.State == DeploymentState.Waiting);
        List<PlaceMark> marks = [];
        if (stands.Failed is { } failed)
        {
            marks.Add(PlaceMark.Of(StateView.Of(failed, isLive: false, now), 1));
        }

        if (stands.Unapproved is { } unapproved)
        {
            marks.Add(PlaceMark.Of(StateView.Of(unapproved, isLive: false, now), 1));
        }

        if (silent is [var forgotten, ..])
        {
            marks.Add(PlaceMark.Of(StateView.Of(forgotten, isLive: false, now), silent.Count));
        }

        if (heard is [var first, ..])
        {
            marks.Add(PlaceMark.Of(first, heard.Count));
        }

        if (waiting > 0)
        {
            marks.Add(PlaceMark.Of(StateView.Of(stands.Coming.First(row => row.State == DeploymentState.Waiting), isLive: false, now), waiting));
        }

        if (stands.Lock is not null)
        {
            marks.Add(PlaceMark.Locked);
        }

        if (stands.Hold is not null)
        {
            marks.Add(PlaceMark.Held);
        }

        if (stands.Live is { IsForced: true })
        {
            marks.Add(PlaceMark.Forced);
        }

        return new PlaceView(stands.Environment, ToneOf(stands, onItsWay.Except(silent).Count(row => !row.AwaitsApproval), onItsWay.Count + waiting), stands.Live, BehindOf(stands.Live, behind), marks);
    }

    private static Tone ToneOf(LastingEnvironment stands, int onItsWay, int waiting) => stands switch
    {
        { Failed: not null } => Tone.Bad,
        _ when onItsWay > 0 => Tone.Busy,
        { Lock: not null } or { Hold: not null } => Tone.Wait,
        _ when waiting > 0 => Tone.Wait,
        { Live: not null } => Tone.Good,
        _ => Tone.Plain,
    };

    private static PlaceBehind? BehindOf(LiveCommit? live, EnvironmentName? behind) => (behind, live) switch
    {
        ({ } environment, _) => new PlaceBehind($"behind {environment}", environment, Branch: null),
        (_, { IsBehindBranch: true, Branch: { } branch }) => new PlaceBehind($"behind {branch.ShortName}", Environment: null, branch),
        _ => null,
    };
}

/// <summary>What an environment lags behind: another one, or else a branch.</summary>
internal sealed record PlaceBehind(string Words, EnvironmentName? Environment, GitRef? Branch)
{
    /// <summary>Where the commits are that it lacks.</summary>
    public string? Address(RepositoryName repository, EnvironmentName of) =>
        Environment is { } other ? Addresses.Address.Difference(repository, of, other)
        : Branch is { } branch ? Addresses.Address.Difference(repository, of, branch)
        : null;
}

/// <summary>A word about an environment.</summary>
internal sealed record PlaceMark(Tone Tone, string Icon, string Label, bool Turns = false)
{
    public static PlaceMark Forced { get; } = new(Tone.Wait, "lightning-charge-fill", "forced");

    public static PlaceMark Locked { get; } = new(Tone.Wait, "lock-fill", "locked");

    public static PlaceMark Held { get; } = new(Tone.Wait, "pause-circle-fill", "held");

    public string Css => $"tone-{Tone.ToString().ToLowerInvariant()}";

    /// <param name="count">How many of it there are: of several the first speaks.</param>
    public static PlaceMark Of(StateView state, int count) => new(
        state.Tone, state.Icon, count == 1 ? state.Label : string.Create(CultureInfo.InvariantCulture, $"{count} {state.Label}"), state.Turns);
}
