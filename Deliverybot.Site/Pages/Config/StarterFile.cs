using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Site.Pages.Config;

/// <summary>What a repository may begin with.</summary>
internal static partial class StarterFile
{
    private const int MostChecks = 10;

    private static readonly string[] Usual = ["staging", "production"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A sound file, whatever the workflows hold: where what they say can't stand in one, it is the usual one.</summary>
    /// <param name="branch">Each push to it is deployed.</param>
    /// <param name="schema">Where this site describes each key; editors that know the line offer the keys and check them.</param>
    /// <param name="workflows">Those that the repository has.</param>
    public static string For(string branch, Uri? schema, IReadOnlyList<WorkflowFacts> workflows)
    {
        var text = Of(branch, schema, workflows);
        return DeployFileParser.Parse(Encoding.UTF8.GetBytes(text)) is DeployFileResult.Valid ? text : Of(branch, schema, []);
    }

    private static string Of(string branch, Uri? schema, IReadOnlyList<WorkflowFacts> workflows)
    {
        var checks = ChecksOf(workflows);
        var environments = EnvironmentsOf(workflows);
        var text = new StringBuilder("# What is deployed where, and when.\n").Append(Described(schema));
        for (var index = 0; index < environments.Count; index++)
        {
            text.Append(index == 0 ? "" : "\n").Append(TargetOf(environments[index])).Append(":\n")
                .Append("  environment: ").Append(Written(environments[index])).Append('\n')
                .Append(index == 0 ? "" : $"  after: [{TargetOf(environments[index - 1])}]\n")
                .Append("  auto_deploy_on: ").Append(Written($"refs/heads/{branch}")).Append('\n')
                .Append(index == 0 && checks.Count > 0 ? $"  required_contexts: [{string.Join(", ", checks.Select(Written))}]\n" : "")
                .Append(index > 0 && index == environments.Count - 1 ? "  queue: latest\n" : "");
        }

        return text.ToString();
    }

    public static IReadOnlyList<string> ChecksOf(IReadOnlyList<WorkflowFacts> workflows) =>
        [.. workflows.SelectMany(workflow => workflow.Checks).Distinct().Take(MostChecks)];

    /// <summary>Those that a workflow asks for by name, production last; else the usual two.</summary>
    public static IReadOnlyList<string> EnvironmentsOf(IReadOnlyList<WorkflowFacts> workflows)
    {
        string[] asked = [.. workflows.SelectMany(workflow => workflow.Environments).DistinctBy(TargetOf).OrderBy(name => name.Contains("prod", StringComparison.OrdinalIgnoreCase))];
        return asked.Length > 0 && asked.All(name => Plain().IsMatch(name)) ? asked : Usual;
    }

    private static string TargetOf(string environment) => environment.ToLowerInvariant();

    /// <summary>As YAML takes it for a text: plain where nothing can be meant by it, else as JSON writes it.</summary>
    private static string Written(string text) => Plain().IsMatch(text) && !Words().IsMatch(text) ? text : JsonSerializer.Serialize(text, Readable);

    private static string Described(Uri? schema) => schema is null
        ? ""
        : $"""
        # Each key is described at the address below, by which editors help, too.
        # yaml-language-server: $schema={schema}

        """.ReplaceLineEndings("\n");

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_./-]{0,99}$")]
    private static partial Regex Plain();

    [GeneratedRegex("^(true|false|yes|no|on|off|null|y|n)$", RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
