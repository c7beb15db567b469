using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>All environments of a repository.</summary>
/// <param name="Access">The repository, and what the user may do in it.</param>
/// <param name="DeployFile">What its targets are, or why there are none.</param>
/// <param name="Head">The head of the default branch.</param>
/// <param name="All">Every row of it, without what GitHub knows: the pipeline's first, previews last.</param>
/// <param name="Window">The rows of this page.</param>
internal sealed record BoardView(
    RepositoryAccess Access,
    DeployFileState DeployFile,
    CommitSha? Head,
    IReadOnlyList<EnvironmentRow> All,
    BoardWindow Window)
{
    /// <summary>A title names this many at most.</summary>
    private const int MostNamed = 3;

    /// <summary>Nothing keeps the App out.</summary>
    public bool IsLetIn { get; init; } = true;

    /// <summary>Those of this page that belong to no pull request.</summary>
    public IEnumerable<EnvironmentRow> Environments => Window.Rows.Where(row => !row.IsPreview);

    /// <summary>Those of this page that belong to pull requests.</summary>
    public IEnumerable<EnvironmentRow> Previews => Window.Rows.Where(row => row.IsPreview);

    public int PreviewCount => All.Count - Lasting.Count;

    private IReadOnlyList<EnvironmentRow> Lasting { get; } = [.. All.Where(row => !row.IsPreview)];

    /// <summary>What the tab of the browser shows.</summary>
    public PageState State =>
        Lasting.Any(row => row.Tone == Tone.Bad) ? PageState.Failing
        : Lasting.Any(row => row.IsBusy) ? PageState.Busy
        : Lasting.Any(row => row.Live is not null) ? PageState.Live
        : PageState.Quiet;

    public string Title
    {
        get
        {
            var failing = Lasting.Where(row => row.Tone == Tone.Bad).Select(row => row.Environment.Value).ToList();
            var busy = Lasting.Where(row => row.IsBusy).Select(row => row.Environment.Value).ToList();
            var news = failing.Count > 0 ? $"{Named(failing)} failed · "
                : busy.Count > 0 ? $"Deploying {Named(busy)} · "
                : "";
            return $"{news}Environments · {Access.Name}";
        }
    }

    /// <summary>The whole in a line.</summary>
    public string Summary
    {
        get
        {
            string[] parts =
            [
                Count(Lasting.Count, "environment", "environments"),
                .. Some(Lasting.Count(row => row.IsBusy), StateWords.OnTheWay),
                .. Some(Lasting.Sum(row => row.ToApprove.Count()), "to approve"),
                .. Some(Lasting.Sum(row => row.Silent.Count()), StateWords.Silent),
                .. Some(Lasting.Sum(row => row.Waiting.Count), "waiting"),
                .. Some(Lasting.Count(row => row.Lock is not null), "locked"),
                .. Some(Lasting.Count(row => row is { Lock: null, Hold: not null }), "held"),
                .. Some(Lasting.Count(row => row.Failed is not null), "failed"),
                .. Some(Lasting.Count(row => row.Unapproved is not null), "not approved"),
            ];
            return string.Join(" · ", parts);
        }
    }

    private static string Named(List<string> names) => names.Count <= MostNamed
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed} more");

    private static string[] Some(int count, string what) => count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {what}")];

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
