using System.Text.RegularExpressions;
using Deliverybot.Data.Deploying;
using Deliverybot.Jobs.Upkeep;
using Deliverybot.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Upkeep;

/// <summary>What metrics tell of what is still to be done, without a look at what has been done.</summary>
public sealed partial class BacklogTests : IAsyncLifetime
{
    private readonly House house;

    public BacklogTests(TestPostgreSql postgreSql) => house = new House(postgreSql) { Roles = "web" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task It_tells_what_is_still_to_be_done()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        await house.ProcessAsync();
        shop.Push("Waits for its check");
        await house.ProcessAsync();
        shop.Push("Nobody has begun it");
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
        await ExecuteAsync("update webhook_deliveries set dispatched_at = now() where processed_at is not null");
        await ExecuteAsync(
            """
            insert into changes (deployment_id, channel, at, leased_until)
            select id, 'slack_thread', now() - interval '3 hours', now() from deployments
            """);
        await ExecuteAsync("insert into hangfire.job (statename, invocationdata, arguments, createdat) values ('Failed', '{}', '[]', now()), ('Succeeded', '{}', '[]', now())");

        var backlog = await new BacklogQuery(house.Database.Source).ReadAsync(Stop);

        backlog.OldestUndispatched.ShouldNotBeNull().ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        backlog.Deployments[DeploymentState.Waiting].ShouldBe(1);
        backlog.Deployments[DeploymentState.Pending].ShouldBe(0);
        backlog.FailedJobs.ShouldBe(1);
        var (count, since) = backlog.Channels["slack_thread"];
        count.ShouldBe(1);
        (DateTimeOffset.UtcNow - since).ShouldBeInRange(TimeSpan.FromHours(2.9), TimeSpan.FromHours(3.1));
    }

    [Fact]
    public async Task Channels_of_a_suspended_installation_are_not_behind()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        shop.Push("Waits for its check");
        await house.ProcessAsync();
        await ExecuteAsync("insert into changes (deployment_id, channel, at, leased_until) select id, 'slack_thread', now(), now() from deployments");
        await ExecuteAsync("update installations set suspended_at = now()");

        (await new BacklogQuery(house.Database.Source).ReadAsync(Stop)).Channels.ShouldBeEmpty();
    }

    [Fact]
    public async Task However_much_has_been_done_each_look_is_by_an_index_of_what_has_not()
    {
        var shop = new RepositoryDriver(house, "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n");
        shop.Push("Waits for its check");
        await house.ProcessAsync();
        await ExecuteAsync(
            """
            insert into webhook_deliveries (guid, event, body, received_at, dispatched_at, processed_at)
            select gen_random_uuid(), 'push', '\x7b7d', now(), now(), now() from generate_series(1, 30000);
            insert into deployments (repository_id, target, environment, environment_key, sha, task, cause, act, via, access, requested_by, description,
              production_environment, transient_environment, state, unmet_contexts, created_at, updated_at, status_id, force)
            select repository_id, target, environment, environment_key, sha, task, cause, act, via, access, requested_by, description,
              production_environment, transient_environment, 'Inactive', unmet_contexts, created_at, updated_at, 0, force
            from deployments, generate_series(1, 30000);
            insert into changes (deployment_id, channel, at, leased_until, told_at)
            select (select min(id) from deployments), 'slack_thread', now(), now(), now() from generate_series(1, 30000);
            insert into hangfire.job (statename, invocationdata, arguments, createdat) select 'Succeeded', '{}', '[]', now() from generate_series(1, 30000);
            """);
        await ExecuteAsync("vacuum analyze");

        var plan = await ExplainAsync();

        Scanned.Matches(plan).Select(match => match.Groups[1].Value).ShouldNotContain(table => Large.Contains(table), plan);
        Rows.Matches(plan).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ShouldAllBe(rows => rows <= 1);
    }

    private static readonly string[] Large = ["webhook_deliveries", "deployments", "changes", "job"];

    private async Task<string> ExplainAsync()
    {
        await using var command = house.Database.Source.CreateCommand("explain (analyze, costs off, timing off) " + BacklogQuery.Sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Backlog.Most });
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var lines = new List<string>();
        while (await reader.ReadAsync(Stop))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = house.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    [GeneratedRegex(@"Seq Scan on (?:\w+\.)?(\w+)")]
    private static partial Regex Scanned { get; }

    /// <summary>What was read and thrown away.</summary>
    [GeneratedRegex(@"Rows Removed by Filter: (\d+)")]
    private static partial Regex Rows { get; }
}
