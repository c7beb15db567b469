using System.Diagnostics;
using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Migrations;

/// <summary>The release that knew one trigger, before, beside and after the one that knows cause, act, via and access.</summary>
public sealed class FormerTriggerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Before = "20261127042603_CountFaultsOfDeliveries";

    /// <summary>Whatever the earlier release has written, whether a webhook brought it, and what is known of it now.</summary>
    private static readonly (string Trigger, bool Delivered, DeploymentOrigin Origin)[] Written =
    [
        ("Push", true, DeploymentOrigin.Event(DeploymentCause.Push)),
        ("PullRequest", true, DeploymentOrigin.Event(DeploymentCause.PullRequest)),
        ("Release", true, DeploymentOrigin.Event(DeploymentCause.Release)),
        ("Pipeline", true, DeploymentOrigin.Event(DeploymentCause.Pipeline)),
        ("External", false, DeploymentOrigin.Event(DeploymentCause.External)),
        ("Comment", true, DeploymentOrigin.Person(DeploymentAct.Deploy, DeploymentVia.Comment)),
        ("Web", false, DeploymentOrigin.Person(DeploymentAct.Deploy, DeploymentVia.Web)),
        ("Slack", false, DeploymentOrigin.Person(DeploymentAct.Deploy, DeploymentVia.Slack)),
        ("Rollback", true, DeploymentOrigin.Person(DeploymentAct.Rollback, DeploymentVia.Comment)),
        ("Rollback", false, new(DeploymentCause.Person, DeploymentAct.Rollback, Via: null, DeploymentAccess.Person)),
    ];

    private readonly OlderDatabase older = new(database);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Success")]
    [InlineData("Waiting")]
    public async Task What_the_earlier_release_has_written_is_migrated(string state)
    {
        await older.AddShopAsync();
        await older.MigrateAsync(Before);
        await older.ExecuteAsync(Rows($"migrated {state}", state));

        await older.MigrateAsync(null);

        (await older.OriginsAsync($"migrated {state}")).ShouldBe(Written.Select(row => row.Origin));
    }

    [Fact]
    public async Task The_earlier_release_goes_on_writing_on_the_new_schema()
    {
        await older.AddShopAsync();

        await older.ExecuteAsync(Rows("beside", "Pending"));

        (await older.OriginsAsync("beside")).ShouldBe(Written.Select(row => row.Origin));
    }

    [Fact]
    public async Task The_earlier_release_reads_what_this_one_writes()
    {
        await older.AddShopAsync();
        DeploymentVia[] ways = [DeploymentVia.Web, DeploymentVia.Slack, DeploymentVia.Comment];
        DeploymentOrigin[] origins =
        [
            .. Enum.GetValues<DeploymentCause>().Except([DeploymentCause.Person]).Select(DeploymentOrigin.Event),
            .. Enum.GetValues<DeploymentAct>().SelectMany(act => ways.Select(via => DeploymentOrigin.Person(act, via))),
        ];
        foreach (var origin in origins)
        {
            await older.ReadAsync(db =>
            {
                db.Add(Wish("read", origin));
                return db.SaveChangesAsync(Stop);
            });
        }

        var read = await older.ReadAsync(db => db.Database
            .SqlQuery<string>($"select trigger as \"Value\" from deployments where task = 'read' order by id").ToListAsync(Stop));

        read.ShouldBe(
            ["Push", "PullRequest", "Release", "Pipeline", "External", "Web", "Slack", "Comment", "Rollback", "Rollback", "Rollback"]);
        (await older.OriginsAsync("read")).ShouldBe(origins);
    }

    [Fact]
    public async Task What_waits_is_migrated_in_its_turn()
    {
        await older.AddShopAsync();
        await older.MigrateAsync(Before);
        await older.ExecuteAsync(Rows("waits", "Waiting"));
        await older.ExecuteAsync(Rows("has ended", "Success"));
        await using var busy = await older.ConnectAsync();
        await using var turn = new NpgsqlCommand("select pg_advisory_lock(hashtextextended('production', 7))", busy);
        await turn.ExecuteNonQueryAsync(Stop);

        var migration = older.MigrateAsync(null);
        await older.UntilAsync("select not exists (select from deployments row where task = 'has ended' and to_jsonb(row)->>'cause' is null)");
        await older.ExecuteAsync(Rows("meanwhile", "Success"));
        (await older.ReadAsync(db => db.Database
            .SqlQuery<bool>($"select bool_and(cause is null) as \"Value\" from deployments where task = 'waits'").SingleAsync(Stop))).ShouldBeTrue();
        migration.IsCompleted.ShouldBeFalse();
        await using var left = new NpgsqlCommand("select pg_advisory_unlock(hashtextextended('production', 7))", busy);
        await left.ExecuteNonQueryAsync(Stop);
        await migration;

        (await older.OriginsAsync("waits")).ShouldBe(Written.Select(row => row.Origin));
        (await older.OriginsAsync("meanwhile")).ShouldBe(Written.Select(row => row.Origin));
    }

    [Fact]
    public async Task A_migration_that_was_cut_off_is_taken_up()
    {
        await older.AddShopAsync();
        await older.MigrateAsync(null);
        await older.ExecuteAsync(Rows("cut off", "Success"));
        await older.ExecuteAsync(
            """
            alter table deployments alter column cause drop not null, alter column act drop not null, alter column access drop not null;
            drop index ix_deployments_order_of_events;
            alter table deployments disable trigger user;
            update deployments set cause = null, act = null, via = null, access = null where task = 'cut off';
            alter table deployments enable trigger user;
            alter table deployments add constraint ck_deployments_origin check (cause is not null and act is not null and access is not null) not valid;
            delete from migrations where migration_id like '%CauseActViaAccess';
            """);

        await older.MigrateAsync(null);

        (await older.OriginsAsync("cut off")).ShouldBe(Written.Select(row => row.Origin));
    }

    /// <summary>
    /// The figures in decision 14: <c>DELIVERYBOT_TEST_ROWS=1000000 dotnet run --project Deliverybot.Tests -- -method "*Many_deployments_are_migrated*" -showliveoutput</c>.
    /// </summary>
    [Fact]
    public async Task Many_deployments_are_migrated_while_others_read_and_write()
    {
        var rows = int.Parse(Environment.GetEnvironmentVariable("DELIVERYBOT_TEST_ROWS") ?? "20000", CultureInfo.InvariantCulture);
        await older.AddShopAsync();
        await older.MigrateAsync(Before);
        await older.ExecuteAsync(Many(rows));
        await older.ExecuteAsync(Rows("probe", "Success"));
        await older.ExecuteAsync("vacuum analyze deployments");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var probes = new[]
        {
            ProbeAsync(Rows("probe", "Success"), done.Token),
            ProbeAsync("update deployments set updated_at = now() where id = (select max(id) from deployments)", done.Token),
            ProbeAsync("select count(*) from deployments where id > (select max(id) - 100 from deployments)", done.Token),
        };

        var began = Stopwatch.GetTimestamp();
        await older.MigrateAsync(null);
        var took = Stopwatch.GetElapsedTime(began);
        await done.CancelAsync();
        var longest = await Task.WhenAll(probes);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{rows} rows migrated in {took.TotalSeconds:0.0} s; the longest insert took {longest[0].TotalSeconds:0.000} s, update {longest[1].TotalSeconds:0.000} s, select {longest[2].TotalSeconds:0.000} s.");
        took.ShouldBeLessThan(TimeSpan.FromMinutes(2));
        longest.Max().ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    /// <summary>Runs the statement again and again.</summary>
    /// <returns>How long it took at most.</returns>
    private async Task<TimeSpan> ProbeAsync(string sql, CancellationToken done)
    {
        await using var connection = await older.ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var longest = TimeSpan.Zero;
        while (!done.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await command.ExecuteNonQueryAsync(Stop);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
            await Task.Delay(TimeSpan.FromMilliseconds(5), Stop);
        }

        return longest;
    }

    /// <summary>A row of each kind, as the earlier release writes them.</summary>
    private static string Rows(string task, string state) => Insert(
        $"'{task}'",
        "kind",
        $"'{state}'",
        "case when delivered then gen_random_uuid() end",
        "null::bigint",
        $"(values {string.Join(", ", Written.Select((row, index) => $"({index}, '{row.Trigger}', {row.Delivered})"))}) as kinds (n, kind, delivered) order by n");

    private static string Many(int count) => Insert(
        "'deploy'",
        "(array['Push', 'PullRequest', 'Web', 'Rollback', 'External'])[1 + n % 5]",
        $"case when n > {count - 500} then 'Waiting' else 'Success' end",
        "case when n % 5 < 2 then gen_random_uuid() end",
        "n",
        $"generate_series(1, {count}) as n");

    private static string Insert(string task, string trigger, string state, string delivery, string number, string source) =>
        $"""
         insert into deployments (
           repository_id, target, environment, environment_key, ref, sha, task, trigger, requested_by, delivery_guid, force, description,
           production_environment, transient_environment, state, unmet_contexts, target_definition, payload, created_at, updated_at, status_id,
           github_id, deployed_at, succeeded_at, ended_at)
         select 7, 'production', 'production', 'production', 'refs/heads/main', md5(n::text) || '01234567', {task}, {trigger}, 'ada', {delivery},
           false, 'Deploy of production', true, false, {state}, array[]::text[], jsonb_build_object('name', 'production'),
           jsonb_build_object('target', 'production'), now(), now(), 0, {number},
           case when {number} is not null then now() end, case when {number} is not null then now() end, case when {number} is not null then now() end
         from {source}
         """;

    private static Deployment Wish(string task, DeploymentOrigin origin) => new()
    {
        RepositoryId = OlderDatabase.Shop,
        Target = new TargetName("production"),
        Environment = new EnvironmentName("production"),
        Sha = CommitSha.Parse(new string('a', 40)),
        Task = task,
        Origin = origin,
        RequestedBy = Somebody.Called("ada"),
        State = DeploymentState.Success,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
