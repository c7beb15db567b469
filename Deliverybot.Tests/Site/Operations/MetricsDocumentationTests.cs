using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Tests.Jobs;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Deliverybot.Tests.Site.Operations;

/// <summary>Whatever dashboard, alerts and docs name is told by a site that has deployed a push, and each alert has its runbook.</summary>
[Collection(nameof(MeteredHouse))]
public sealed partial class MetricsDocumentationTests(MeteredHouse metered)
{
    /// <summary>Prometheus makes them itself.</summary>
    private static readonly string[] OfPrometheus = ["up", "instance", "job"];

    private static readonly string[] Words = ["by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "bool", "offset"];

    private static string Folder => RepositoryFolder.Of("docs", "operations");

    [Fact]
    public async Task Every_metric_and_label_of_dashboard_and_alerts_exists()
    {
        var scrape = await ScrapeAsync();
        var queries = Alerts().Select(alert => Text(alert, "expr")).Concat(DashboardQueries()).ToList();

        queries.Count.ShouldBeGreaterThan(30);
        foreach (var query in queries)
        {
            var (names, labels) = Read(query);
            names.ShouldNotBeEmpty(query);
            names.Except(scrape.Names).Except(OfPrometheus).ShouldBeEmpty(query);
            labels.Except(scrape.Labels).Except(OfPrometheus).ShouldBeEmpty(query);
        }
    }

    [Fact]
    public async Task Every_metric_that_a_page_names_exists_and_each_of_ours_is_named()
    {
        var scrape = await ScrapeAsync();
        var pages = Directory.GetFiles(Folder, "*.md").Append(RepositoryFolder.Of("docs", "operating.md")).Select(File.ReadAllText).ToList();
        var named = pages.SelectMany(page => Metric.Matches(page)).Select(match => match.Value).Distinct().ToList();
        var bases = scrape.Names.Select(name => HistogramPart.Replace(name, "")).ToHashSet();

        named.Count.ShouldBeGreaterThan(15);
        named.Except(bases).Except(scrape.Names).ShouldBeEmpty();
        var list = File.ReadAllText(Path.Combine(Folder, "metrics.md"));
        bases.Where(name => name.StartsWith("deliverybot_", StringComparison.Ordinal)).ShouldAllBe(name => list.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_alert_has_its_runbook_and_each_runbook_its_alert()
    {
        var runbooks = File.ReadAllText(Path.Combine(Folder, "runbooks.md"));
        var headings = Heading.Matches(runbooks).Select(match => match.Groups[1].Value).ToList();

        headings.ShouldBe(Alerts().Select(alert => Text(alert, "alert")));
        foreach (var alert in Alerts())
        {
            var annotations = (YamlMappingNode)alert["annotations"];
            Text(annotations, "runbook_url").ShouldBe($"runbooks.md#{Text(alert, "alert").ToLowerInvariant()}");
            Text(annotations, "summary").ShouldNotBeEmpty();
            Text((YamlMappingNode)alert["labels"], "severity").ShouldBeOneOf("critical", "warning");
        }

        Anchor.Matches(runbooks).Select(match => match.Groups[1].Value).ShouldBeSubsetOf(headings.Select(heading => heading.ToLowerInvariant()));
    }

    [Fact]
    public void A_query_is_read_to_its_names()
    {
        var (names, labels) = Read("""histogram_quantile(0.95, sum by (le, job) (rate(a_bucket{b=~"c|d", e!="f{g}"}[5m]))) / max(h offset 1h) > 1e3""");

        names.ShouldBe(["a_bucket", "h"]);
        labels.ShouldBe(["le", "job", "b", "e"], ignoreOrder: true);
    }

    private async Task<Scrape> ScrapeAsync()
    {
        var shop = new RepositoryDriver(metered.House, "production:\n  auto_deploy_on: refs/heads/main\n");
        await shop.SettledAsync(shop.Push("Sell tea"));
        using var jobs = new Measured(metered.House, "deliverybot.job.duration");
        metered.House.Services.GetRequiredService<IBackgroundJobClientV2>().Enqueue<LostDeliveriesJob>(job => job.RunAsync(CancellationToken.None));
        await jobs.FirstAsync();
        return await metered.ScrapeAsync();
    }

    private static List<YamlMappingNode> Alerts()
    {
        using var reader = File.OpenText(Path.Combine(Folder, "alerts.yaml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return
        [
            .. ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"]).SelectMany(group => (YamlSequenceNode)group["rules"]).Cast<YamlMappingNode>(),
        ];
    }

    private static IEnumerable<string> DashboardQueries() =>
        from panel in JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "dashboard.json")))!["panels"]!.AsArray()
        from target in panel!["targets"]?.AsArray() ?? []
        select (string)target!["expr"]!;

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    /// <summary>The names of metrics and labels in PromQL: what is no string, no function, no duration and no word of the language.</summary>
    private static (IReadOnlyList<string> Names, IReadOnlyList<string> Labels) Read(string query)
    {
        var labels = new List<string>();
        var rest = Duration.Replace(Quoted.Replace(query, "\"\""), "");
        rest = Matchers.Replace(rest, match => Note(match.Groups[1].Value));
        rest = Grouping.Replace(rest, match => Note(match.Groups[1].Value));
        return ([.. Name.Matches(rest).Select(match => match.Value).Except(Words)], labels);

        string Note(string list)
        {
            labels.AddRange(Name.Matches(list).Select(match => match.Value));
            return "";
        }
    }

    [GeneratedRegex(@"\b(?:deliverybot|http_server|http_client|db_client|dotnet)_[a-z0-9_]+")]
    private static partial Regex Metric { get; }

    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex HistogramPart { get; }

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex Anchor { get; }

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(@"\[[^\]]*\]|\b[0-9][0-9a-z.]*\b")]
    private static partial Regex Duration { get; }

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Matchers { get; }

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)")]
    private static partial Regex Grouping { get; }

    [GeneratedRegex(@"\b[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Name { get; }
}
