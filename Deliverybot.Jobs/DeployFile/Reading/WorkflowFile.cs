using System.Text.RegularExpressions;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary>
/// Tells a GitHub Actions workflow, which thousands of repositories have in this place, from a faulty file of ours: it has
/// <c>jobs</c>, and either <c>on</c> or a job such as only a workflow has. What is sound as ours is never one.
/// </summary>
internal static partial class WorkflowFile
{
    private const string Jobs = "jobs";

    /// <summary>Keys of a job that no target has: <see href="https://docs.github.com/actions/reference/workflow-syntax-for-github-actions"/>.</summary>
    private static readonly string[] JobKeys = ["runs-on", "steps", "uses"];

    /// <param name="root">The file, as far as it could be read.</param>
    /// <param name="text">Its text, by which a file that is no YAML is judged.</param>
    public static bool Is(YamlNode? root, string text) => root switch
    {
        YamlNode.Map map when map.Find(Jobs) is YamlNode.Map jobs => IsTrigger(map) || jobs.Entries.Any(job => IsJob(job.Value)),
        null => Trigger.IsMatch(text) && JobsLine.IsMatch(text),
        _ => false,
    };

    /// <summary><c>on</c> is no target: that would be a map, and events are no keys of it. YAML 1.1 reads it as <c>true</c>, and so some write it.</summary>
    private static bool IsTrigger(YamlNode.Map map) => (map.Find("on") ?? map.Find("true")) switch
    {
        null => false,
        YamlNode.Map events => !events.Entries.Any(entry => DeployKeys.Known.Contains(entry.Key.Text)),
        _ => true,
    };

    private static bool IsJob(YamlNode node) => node is YamlNode.Map job && job.Entries.Any(entry => JobKeys.Contains(entry.Key.Text));

    [GeneratedRegex(@"^(?:on|""on""|'on'|true)[ \t]*:", RegexOptions.Multiline)]
    private static partial Regex Trigger { get; }

    [GeneratedRegex(@"^(?:jobs|""jobs""|'jobs')[ \t]*:", RegexOptions.Multiline)]
    private static partial Regex JobsLine { get; }
}
