using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Slack;

/// <summary>What Slack is told last of a rollback says that it is one, and until when events are held, as the pull request and the board do.</summary>
public sealed class SlackRollbackTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  environment: production\n";

    private readonly SlackDriver slack = new(house);

    [Fact]
    public async Task Whoever_deploys_an_older_commit_in_a_hold_is_told_both()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var name = shop.Repository.FullName;
        await slack.LinkAsync("ada");
        var zero = shop.Repository.Head;
        var live = new List<string>();
        foreach (var message in new[] { "One", "Two" })
        {
            live.Add(shop.Push(message));
            await slack.AskAsync("ada", $"deploy {name} production");
            await shop.ReportAsync("production", live[^1], "success");
        }

        await slack.AskAsync("ada", $"rollback {name} production");
        await shop.ReportAsync("production", live[0], "success");
        var answer = await slack.AskAsync("ada", $"deploy {name}@{zero[..7]} production");

        var told = string.Join(' ', answer.Texts.Select(text => text.Text));
        told.ShouldContain($"{zero[..7]} is older than {live[0][..7]}, which is live in production: 1 commit leaves it.");
        told.ShouldContain($"Events stay held there: {zero[..7]} is not newer than {live[1][..7]}.");
        told.ShouldContain($"automatic deployments are held until somebody unlocks it, or has deployed something newer than {live[1][..7]}");
    }

    [Fact]
    public async Task A_rollback_that_went_well_says_that_it_is_one_and_until_when_events_are_held()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        var good = shop.Repository.Head;
        await slack.AskAsync("ada", $"deploy {shop.Repository.FullName} production");
        await shop.ReportAsync("production", good, "success");
        var bad = shop.Push("Breaks");
        await slack.AskAsync("ada", $"deploy {shop.Repository.FullName} production");
        await shop.ReportAsync("production", bad, "success");

        var said = await slack.SayAsync("ada", $"rollback {shop.Repository.FullName} production");
        await slack.AwaitAsync(said, messages => messages.Count > 1);
        await shop.ReportAsync("production", good, "success");
        await slack.AwaitAsync(said, messages => messages[^1].Text.Contains("was deployed to", StringComparison.Ordinal));

        var last = said.Messages[^1];
        last.Text.ShouldContain($"Rollback: `{shop.Repository.FullName}` `{good[..7]}` was deployed to `production`");
        var held = $"automatic deployments are held until somebody unlocks it, or has deployed something newer than {bad[..7]}: `unlock production`";
        last.Texts.ShouldContain(text => text.Text.Contains(held, StringComparison.Ordinal));

        await slack.AskAsync("ada", $"unlock {shop.Repository.FullName} production");
        shop.Report(good, "failure");
        await slack.AwaitAsync(said, messages => messages[^1].Text.Contains("could not be deployed to", StringComparison.Ordinal));
        said.Messages[^1].Texts.ShouldNotContain(text => text.Text.Contains("are held until", StringComparison.Ordinal));
    }
}
