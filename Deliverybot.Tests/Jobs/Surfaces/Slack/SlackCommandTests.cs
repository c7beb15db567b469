using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Surfaces.Slack.Commands;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.Requests;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Slack;

public sealed class SlackCommandTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          environment: production
        checked:
          environment: checked
          required_contexts: [ci]
        promoted:
          environment: promoted
          required_contexts: [deliverybot/promotion]
        """;

    private readonly SlackDriver slack = new(house);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_linked_writer_deploys_as_himself_and_the_answer_goes_on_with_the_deployment()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        house.GitHub.Requests.Clear();

        var said = await slack.SayAsync("ada", $"deploy {shop.Repository.FullName} production");
        await slack.AwaitAsync(said, messages => messages.Count > 1);

        var answer = said.Messages[^1];
        answer.InChannel.ShouldBeTrue();
        answer.Text.ShouldContain($"`{shop.Repository.FullName}` `{shop.Repository.Head[..7]}` is on its way to `production`");
        var row = await shop.RowAsync(shop.Repository.Head);
        row.ShouldSatisfyAllConditions(
            wish => wish.Via.ShouldBe(DeploymentVia.Slack),
            wish => wish.RequestedBy.ShouldBe(new GitHubUser(new GitHubUserId(house.Ada.Id), new GitHubLogin("ada"))));
        answer.Texts.ShouldContain(text => text.Text.Contains($"/{shop.Repository.FullName}/deployments/{row.Id}", StringComparison.Ordinal));
        house.GitHub.Requests.All.Where(call => call.Method == "POST" && call.Path.EndsWith("/deployments", StringComparison.Ordinal))
            .ShouldHaveSingleItem().Caller.ShouldBe(CallerKind.User);

        shop.Report(row.Sha.Value, "in_progress");
        await slack.AwaitAsync(said, messages => messages[^1].Text.Contains("is being deployed to", StringComparison.Ordinal));
        house.GitHub.Requests.Clear();
        shop.Report(row.Sha.Value, "success", "All <b>good</b>");
        await slack.AwaitAsync(said, messages => messages[^1].Text.Contains("was deployed to", StringComparison.Ordinal));

        said.Messages.Count.ShouldBe(2);
        said.Messages[^1].Times.ShouldBe(2);
        said.Messages[^1].Text.ShouldContain("All &lt;b&gt;good&lt;/b&gt;");
        house.GitHub.Requests.All.ShouldNotContain(call => call.Caller == CallerKind.User);
    }

    [Theory]
    [InlineData("@main")]
    [InlineData("@heads/main")]
    [InlineData("@refs/heads/main")]
    [InlineData("@SHA")]
    public async Task A_commit_is_named_as_people_name_it(string written)
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");

        var answer = await slack.AskAsync("ada", $"deploy {shop.Repository.FullName}{written.Replace("SHA", shop.Repository.Head[..10], StringComparison.Ordinal)} production");

        answer.InChannel.ShouldBeTrue(answer.Text);
        shop.Deployed.ShouldBe([shop.Repository.Head]);
    }

    [Fact]
    public async Task What_a_gate_holds_is_refused_to_the_caller_alone_and_force_passes_it()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");

        var refused = await slack.AskAsync("ada", $"deploy {shop.Repository.FullName} checked");
        var forced = await slack.AskAsync("ada", $"deploy {shop.Repository.FullName} checked force");
        await shop.ReportAsync("checked", shop.Repository.Head, "failure");
        var status = await slack.AskAsync("ada", $"status {shop.Repository.FullName}");

        refused.InChannel.ShouldBeFalse();
        refused.Text.ShouldContain("ci");
        refused.Texts.ShouldContain(text => text.Text.Contains($"/deliverybot deploy {shop.Repository.FullName} checked force", StringComparison.Ordinal));
        refused.Text.ShouldContain((await shop.RowsAsync())[0].Reason!);
        forced.InChannel.ShouldBeTrue(forced.Text);
        forced.Texts.ShouldContain(text => text.Text.Contains("forced past `ci (no result yet)`", StringComparison.Ordinal));
        status.Text.ShouldContain("could not be deployed to `checked`, forced by `ada` past `ci (no result yet)`");
    }

    [Fact]
    public async Task Status_tells_of_the_last_deployment_if_that_failed_and_no_longer_once_something_went_well()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        var sha = shop.Push("Sell cake");
        await slack.AskAsync("ada", $"deploy {shop.Repository.FullName} production");
        await shop.ReportAsync("production", sha, "failure");

        var failed = await slack.AskAsync("ada", $"status {shop.Repository.FullName}");
        var there = await slack.AskAsync("ada", $"status {shop.Repository.FullName} production");
        await slack.AskAsync("ada", $"deploy {shop.Repository.FullName} production");
        await shop.ReportAsync("production", sha, "success");
        var well = await slack.AskAsync("ada", $"status {shop.Repository.FullName}");

        failed.Text.ShouldContain($":x: `{sha[..7]}` (`main`) could not be deployed to `production`");
        there.Text.ShouldContain($":x: `{sha[..7]}` (`main`) could not be deployed to `production`");
        well.Text.ShouldContain("`production` runs");
        well.Text.ShouldNotContain(":x:");
    }

    [Fact]
    public async Task A_lock_is_told_to_everybody_and_stops_everybody_else()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        house.World.SetPermission(house.Rita, shop.Repository, RepositoryPermission.Write);
        await slack.LinkAsync("ada");
        await slack.LinkAsync("rita");

        var locked = await slack.AskAsync("ada", $"lock {shop.Repository.FullName} production for 2h <!channel> sale");
        var refused = await slack.AskAsync("rita", $"deploy {shop.Repository.FullName} production");
        var held = await slack.AskAsync("rita", $"lock {shop.Repository.FullName} production");
        var status = await slack.AskAsync("rita", $"status {shop.Repository.FullName}");
        var unlocked = await slack.AskAsync("rita", $"unlock {shop.Repository.FullName} production");
        var nothing = await slack.AskAsync("rita", $"unlock {shop.Repository.FullName} production");

        locked.InChannel.ShouldBeTrue(locked.Text);
        locked.Body.ToJsonString().ShouldNotContain("<!channel>");
        refused.InChannel.ShouldBeFalse();
        refused.Text.ShouldContain("production is locked by ada");
        held.InChannel.ShouldBeFalse();
        held.Text.ShouldContain("locked by ada");
        status.Text.ShouldContain("production is locked by ada");
        unlocked.InChannel.ShouldBeTrue();
        unlocked.Text.ShouldContain("rita unlocked production, which ada had locked");
        nothing.Text.ShouldContain("production is not locked");
        shop.Deployed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rollback_goes_back_and_says_that_it_holds()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        var first = shop.Repository.Head;
        await DeployedAsync(shop, first);
        var second = shop.Push("Break it");
        await DeployedAsync(shop, second);

        var answer = await slack.AskAsync("ada", $"rollback {shop.Repository.FullName} production");

        answer.InChannel.ShouldBeTrue(answer.Text);
        answer.Text.ShouldContain($"production goes back to {first[..7]}");
        shop.Deployed.ShouldBe([first, second, first]);
    }

    [Fact]
    public async Task A_promotion_is_written_by_the_person()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        var sha = shop.Repository.Head;

        var promoted = await slack.AskAsync("ada", $"promote {shop.Repository.FullName}@{sha[..8]}");
        var again = await slack.AskAsync("ada", $"promote {shop.Repository.FullName}@{sha}");

        promoted.InChannel.ShouldBeTrue(promoted.Text);
        shop.StatusesOf(sha, "deliverybot/promotion").ShouldHaveSingleItem();
        again.Text.ShouldContain("promoted already");
    }

    [Fact]
    public async Task A_channel_has_a_repository_of_its_own()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");

        var set = await slack.AskAsync("ada", $"default {shop.Repository.FullName}");
        var deployed = await slack.AskAsync("ada", "deploy production");
        var elsewhere = await slack.Town.SayAsync(slack.Town.Member("ada"), slack.Town.Rooms[1], "deploy production", Stop);
        await slack.AwaitAsync(elsewhere, messages => messages.Count > 1);

        set.InChannel.ShouldBeTrue(set.Text);
        deployed.InChannel.ShouldBeTrue(deployed.Text);
        elsewhere.Messages[^1].Text.ShouldContain("no default repository");
    }

    [Fact]
    public async Task A_branch_called_like_a_mention_is_none()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        var sha = shop.Push("Shout", "<!channel>");
        await slack.LinkAsync("ada");

        var answer = await slack.AskAsync("ada", $"deploy {shop.Repository.FullName}@<!channel> production");

        answer.InChannel.ShouldBeTrue(answer.Text);
        shop.Deployed.ShouldBe([sha]);
        answer.Body.ToJsonString(JsonPlain).ShouldNotContain("<!channel>");
        answer.Body.ToJsonString(JsonPlain).ShouldContain("&lt;!channel&gt;");
    }

    [Fact]
    public async Task However_slow_GitHub_is_the_command_is_acknowledged_within_three_seconds()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        house.GitHub.Faults.Add(new FaultRule { Route = "/repos/{owner}/{repo}", Latency = TimeSpan.FromSeconds(10) });
        try
        {
            var said = await slack.SayAsync("ada", $"deploy {shop.Repository.FullName} production");

            said.Status.ShouldBe(200);
            said.Took.ShouldBeLessThan(TimeSpan.FromSeconds(3));
            await slack.AwaitAsync(said, messages => messages.Count > 1);
            said.Messages[^1].InChannel.ShouldBeTrue(said.Messages[^1].Text);
        }
        finally
        {
            house.GitHub.Faults.Clear();
        }
    }

    [Fact]
    public async Task However_slow_the_database_is_something_is_answered_within_three_seconds()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        await using var connection = await house.Database.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var block = new NpgsqlCommand("lock table slack_links in access exclusive mode", connection, transaction);
        await block.ExecuteNonQueryAsync(Stop);

        var said = await slack.SayAsync("ada", $"status {shop.Repository.FullName}");
        await transaction.RollbackAsync(Stop);

        said.Took.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        said.Messages[0].Text.ShouldContain("slow just now");
        await slack.AwaitAsync(said, messages => messages.Count > 1);
        said.Messages[^1].Text.ShouldContain("Nothing was deployed here yet");
    }

    [Fact]
    public async Task A_token_that_has_ended_is_renewed_once_however_many_commands_ask_for_it()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        var user = new GitHubUserId(house.Ada.Id);
        await house.ReadAsync(db => db.SlackLinks.Where(link => link.UserId == user)
            .ExecuteUpdateAsync(link => link.SetProperty(row => row.TokenEndsAt, TimeProvider.System.GetUtcNow()), Stop));
        house.GitHub.Requests.Clear();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => slack.AskAsync("ada", $"status {shop.Repository.FullName}")));

        answers.ShouldAllBe(answer => answer.Text.Contains("Nothing was deployed here yet", StringComparison.Ordinal));
        house.GitHub.Requests.All.Count(call => call.Route == "/login/oauth/access_token").ShouldBe(1);
    }

    [Fact]
    public async Task A_command_is_carried_out_once_and_not_after_five_minutes()
    {
        var shop = new RepositoryDriver(house, DeployFile);
        await slack.LinkAsync("ada");
        var user = new GitHubUserId(house.Ada.Id);
        var link = (await house.ReadAsync(db => db.SlackLinks.SingleAsync(row => row.UserId == user, Stop))).Id;
        var asked = await slack.SayAsync("ada", $"status {shop.Repository.FullName}");
        await slack.AwaitAsync(asked, messages => messages.Count > 1);
        var request = await house.ReadAsync(db => db.SlackRequests.OrderByDescending(row => row.Id).FirstAsync(Stop));

        await RunAsync(link, request.Id);
        asked.Messages.Count.ShouldBe(2);
        asked.Messages[^1].Text.ShouldContain("Interrupted");

        await house.ReadAsync(db => db.SlackRequests.Where(row => row.Id == request.Id).ExecuteUpdateAsync(
            row => row.SetProperty(old => old.BegunAt, (DateTimeOffset?)null).SetProperty(old => old.ReceivedAt, TimeProvider.System.GetUtcNow().AddMinutes(-6)), Stop));
        house.GitHub.Requests.Clear();
        await RunAsync(link, request.Id);

        asked.Messages[^1].Text.ShouldContain("Not carried out");
        house.GitHub.Requests.All.ShouldNotContain(call => call.Caller == CallerKind.User);
    }

    [Fact]
    public async Task A_mistyped_command_is_answered_at_once_with_the_nearest()
    {
        var said = await slack.SayAsync("olive", "deplyo production");

        said.Messages.ShouldHaveSingleItem().Text.ShouldContain("`/deliverybot deploy [owner/repo][@ref] target [force] [wait]`");
    }

    private static readonly System.Text.Json.JsonSerializerOptions JsonPlain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private async Task DeployedAsync(RepositoryDriver shop, string sha)
    {
        var answer = await slack.AskAsync("ada", $"deploy {shop.Repository.FullName} production");
        answer.InChannel.ShouldBeTrue(answer.Text);
        shop.Report(sha, "success");
        await shop.EventuallyAsync(sha, DeploymentState.Success);
    }

    private async Task RunAsync(long link, long request)
    {
        await using var scope = house.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SlackCommandJob>().RunAsync(link, request, Stop);
    }
}
