using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>All environments of a repository.</summary>
/// <param name="Access">The repository, and what the user may do in it.</param>
/// <param name="DeployFile">What its targets are, or why there are none.</param>
/// <param name="Head">The head of the default branch.</param>
/// <param name="Environments">In the order of <c>deploy.yml</c>, and then those that it doesn't name.</param>
/// <param name="Previews">Those of pull requests, the newest first.</param>
internal sealed record BoardView(
    RepositoryAccess Access,
    DeployFileState DeployFile,
    CommitSha? Head,
    IReadOnlyList<EnvironmentRow> Environments,
    IReadOnlyList<EnvironmentRow> Previews)
{
    /// <summary>What the tab of the browser shows.</summary>
    public PageState State =>
        Environments.Any(row => row.Tone == Tone.Bad) ? PageState.Failing
        : Environments.Any(row => row.OnItsWay.Count > 0) ? PageState.Busy
        : Environments.Any(row => row.Live is not null) ? PageState.Live
        : PageState.Quiet;

    public string Title
    {
        get
        {
            var failing = Environments.Where(row => row.Tone == Tone.Bad).Select(row => row.Environment.Value).ToList();
            var busy = Environments.Where(row => row.OnItsWay.Count > 0).Select(row => row.Environment.Value).ToList();
            var news = failing.Count > 0 ? $"{string.Join(", ", failing)} failed · "
                : busy.Count > 0 ? $"Deploying {string.Join(", ", busy)} · "
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
                Count(Environments.Count, "environment", "environments"),
                .. Some(Environments.Count(row => row.OnItsWay.Count > 0), "deploying"),
                .. Some(Environments.Sum(row => row.Waiting.Count), "waiting"),
                .. Some(Environments.Count(row => row.Lock is not null || row.Hold is not null), "locked"),
                .. Some(Environments.Count(row => row.Failed is not null), "failed"),
            ];
            return string.Join(" · ", parts);
        }
    }

    private static string[] Some(int count, string what) => count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {what}")];

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
