using System.Text.RegularExpressions;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Site.Pages.Config;

/// <summary>What of a GitHub Actions workflow matters to a <c>deploy.yml</c> (<see href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax"/>).</summary>
/// <param name="File">Its name in <c>.github/workflows</c>.</param>
/// <param name="CarriesOut">It runs for each deployment.</param>
/// <param name="Environments">Those that it asks for by name, where it carries out.</param>
/// <param name="Checks">Jobs that each push to the branch runs, by the names of their check runs, where these are known beforehand.</param>
internal sealed partial record WorkflowFacts(string File, bool CarriesOut, IReadOnlyList<string> Environments, IReadOnlyList<string> Checks)
{
    private static readonly string[] Filters = ["paths", "paths-ignore", "branches-ignore"];

    /// <returns>Null if it is no workflow that can be read.</returns>
    public static WorkflowFacts? Of(string file, string text, GitRef branch)
    {
        var errors = new DeployFileErrors();
        if (new YamlComposer(text, errors).Compose() is not YamlNode.Map root || errors.Count > 0 || root.Find("jobs") is not YamlNode.Map jobs)
        {
            return null;
        }

        var events = root.Find("on");
        var carriesOut = Names(events).Contains("deployment");
        return new WorkflowFacts(
            file,
            carriesOut,
            carriesOut ? [.. Asked().Matches(text).Select(match => match.Groups[1].Value).Distinct()] : [],
            !carriesOut && RunsFor(events, branch) ? [.. jobs.Entries.Select(CheckOf).OfType<string>()] : []);
    }

    private static IEnumerable<string> Names(YamlNode? node) => node switch
    {
        YamlNode.Scalar one => [one.Text],
        YamlNode.List several => several.Items.OfType<YamlNode.Scalar>().Select(item => item.Text),
        YamlNode.Map map => map.Entries.Select(entry => entry.Key.Text),
        _ => [],
    };

    /// <summary>Whether each push to the branch runs it. One that only some run leaves the others without its checks for good.</summary>
    private static bool RunsFor(YamlNode? events, GitRef branch)
    {
        if (!Names(events).Contains("push"))
        {
            return false;
        }

        var push = (events as YamlNode.Map)?.Find("push") as YamlNode.Map;
        return push is null
            || (!Filters.Any(filter => push.Find(filter) is not null)
                && (push.Find("branches") is { } branches ? Names(branches).Any(name => name == branch.ShortName || name is "*" or "**") : push.Find("tags") is null));
    }

    /// <returns>Null if its check run is called by what is known only when it runs, or if it deploys by itself.</returns>
    private static string? CheckOf(YamlEntry entry)
    {
        if (entry.Value is not YamlNode.Map job || job.Find("environment") is not null || job.Find("uses") is not null || job.Find("if") is not null
            || (job.Find("strategy") as YamlNode.Map)?.Find("matrix") is not null)
        {
            return null;
        }

        var name = job.Find("name") is YamlNode.Scalar { Text: { Length: > 0 } given } ? given : entry.Key.Text;
        return name.Contains("${{", StringComparison.Ordinal) ? null : name;
    }

    [GeneratedRegex(@"deployment\.environment\s*==\s*'([^'\r\n]{1,100})'")]
    private static partial Regex Asked();
}
