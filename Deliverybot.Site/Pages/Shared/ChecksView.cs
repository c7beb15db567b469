using System.Globalization;
using Deliverybot.Jobs.GitHub.GraphQl;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>How a commit's checks look together, and one by one.</summary>
internal sealed record ChecksView(StateView State, string Summary, IReadOnlyList<ChecksView.Line> Lines)
{
    /// <summary>Where GitHub, which alone knows, doesn't answer.</summary>
    public static ChecksView Unanswered { get; } = new(Look(CombinedState.Nothing), "GitHub doesn’t say how its checks stand", []);

    public static ChecksView Of(BranchCommit commit)
    {
        var good = commit.Checks.Count(check => check.State == CombinedState.Success);
        var skipped = commit.Checks.Count(check => check.State == CombinedState.Skipped);
        var summary = commit.Checks.Count == 0
            ? "No checks"
            : string.Create(CultureInfo.InvariantCulture, $"{good} of {commit.Checks.Count} checks are good{(skipped > 0 ? $", {skipped} skipped" : "")}");
        return new ChecksView(
            Look(commit.State),
            summary,
            [.. commit.Checks.OrderByDescending(check => check.State).Select(check => new Line(check.Name, Look(check.State), SafeUrl.Of(check.Url)))]);
    }

    private static StateView Look(CombinedState state) => state switch
    {
        CombinedState.Success => new(Tone.Good, "check-lg", "good"),
        CombinedState.Failing => new(Tone.Bad, "x-lg", "failing"),
        CombinedState.Pending => new(Tone.Wait, "record-circle", "running"),
        CombinedState.Waiting => new(Tone.Wait, "pause-circle-fill", "waiting"),
        CombinedState.Skipped => new(Tone.Plain, "dash-lg", "skipped"),
        CombinedState.Nothing => new(Tone.Plain, "dash-circle", "nothing yet"),
    };


    internal sealed record Line(string Name, StateView State, string? Url);
}
