using System.Net;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>However long the history, a page reads what it shows: it finds its rows by indexes, and doesn't visit many more.</summary>
public sealed class PageReadsTests(LongHistory history) : IClassFixture<LongHistory>
{
    private static readonly string[] Growing = ["deployments", "deployment_steps", "evaluations", "activity"];

    [Fact]
    public async Task A_page_reads_little_more_than_it_shows()
    {
        var pages = history.Pages;
        (string Path, int Rows)[] most =
        [
            (LongPages.Home, 200),
            (pages.Branch, 6_000),
            (pages.Deployments, 4_000),
            (pages.FilteredDeployments, 8_000),
            (pages.OneDeployment, 100),
            // As for the board's Roll back, what was tried in that environment is looked through.
            (pages.FailedDeployment, 2_000),
            (pages.Commit, 500),
            (pages.Environments, 1_500),
            (pages.Difference, 1_500),
            (pages.Config, 0),
            (pages.Metrics, 20_000),
            (pages.Activity, 600),
        ];

        var faults = new List<string>();
        foreach (var (path, rows) in most)
        {
            await OpenAsync(path);
            var before = await PageReads.CountAsync(history.House);
            await OpenAsync(path);
            var read = (await PageReads.CountAsync(history.House)).Select(table => table.Since(before)).Where(table => Growing.Contains(table.Table));
            faults.AddRange(read.Where(table => table.WithoutIndex > 0 || table.ByIndex > rows).Select(table => $"{path} ({rows} rows at most): {table}"));
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task By_its_plan_every_query_of_a_page_goes_by_an_index()
    {
        await history.Plans.ExplainAsync();
        var faults = new List<string>();
        var read = new HashSet<string>();
        foreach (var path in history.Pages.All)
        {
            await OpenAsync(path);
            foreach (var scan in history.Plans.Take().SelectMany(plan => plan.Scans).Where(scan => Growing.Contains(scan.Table)))
            {
                read.Add(scan.Table);
                if (!scan.IsByIndex)
                {
                    faults.Add($"{path}: {scan}");
                }
            }
        }

        faults.Distinct().ShouldBeEmpty();
        // Every growing table has its page: had no plan been seen, there would be no fault either.
        read.ShouldBe(Growing, ignoreOrder: true);
    }

    private async Task OpenAsync(string path)
    {
        using var answer = await history.Ada.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}{Environment.NewLine}{string.Join(Environment.NewLine, history.House.Log.TakeLast(5))}");
    }
}
