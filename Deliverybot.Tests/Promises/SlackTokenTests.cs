using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs;
using Deliverybot.Tests.Jobs.Surfaces.Slack;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class SlackTokenTests(House house) : IClassFixture<House>
{
    /// <summary>How tokens of GitHub users and of Slack begin.</summary>
    private static readonly string[] Marks = ["ghu_", "ghr_", "xoxb-", "xoxp-"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_full_run_no_token_is_in_any_table_job_log_line_or_address()
    {
        var slack = new SlackDriver(house);
        var shop = new RepositoryDriver(house, "production:\n  environment: production\n");
        await slack.LinkAsync("ada");
        var said = await slack.SayAsync("ada", $"deploy {shop.Repository.FullName} production");
        await slack.AwaitAsync(said, messages => messages.Count > 1);
        shop.Report(shop.Repository.Head, "success");
        await slack.AwaitAsync(said, messages => messages[^1].Text.Contains("was deployed to", StringComparison.Ordinal));
        foreach (var text in new[] { "status", "lock production for 2h", "unlock production", "default " })
        {
            await slack.AskAsync("ada", text == "default " ? $"default {shop.Repository.FullName}" : text.Insert(text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at ? at : text.Length, $" {shop.Repository.FullName}"));
        }

        (await FindAsync("SlackCommandJob")).ShouldContain("hangfire.job");
        (await FindAsync("U0ADA")).ShouldContain("public.slack_links");
        var addresses = house.GitHub.Requests.All.Select(call => call.Path).Where(path => path.StartsWith("/commands/", StringComparison.Ordinal)).Distinct().ToList();
        addresses.ShouldNotBeEmpty();
        foreach (var secret in Marks.Concat(addresses))
        {
            (await FindAsync(secret)).ShouldBeEmpty();
            house.Log.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
        }

        house.GitHub.Requests.All.ShouldNotContain(call => Marks.Any(mark => call.Path.Contains(mark, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_workspace_that_removes_the_app_takes_its_links_along()
    {
        var slack = new SlackDriver(house);
        await slack.LinkAsync("rita");
        house.GitHub.Requests.Clear();

        await slack.Town.RemoveAppAsync(Stop);

        await house.EventuallyAsync(
            () => house.ReadAsync(async db => !await db.SlackLinks.AnyAsync(Stop) && !await db.SlackWorkspaces.AnyAsync(Stop)), "the workspace is forgotten");
        house.GitHub.Requests.All.ShouldContain(call => call.Method == "DELETE" && call.Route == "/applications/{client_id}/token");
    }

    private Task<IReadOnlyList<string>> FindAsync(string text) => DatabaseSearch.FindAsync(house.Database.Source, text, Stop);
}
