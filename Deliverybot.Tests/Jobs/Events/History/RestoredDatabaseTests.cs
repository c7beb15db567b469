using System.Security.Cryptography;
using Deliverybot.Data;
using Deliverybot.Data.Changes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events.History;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Site;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using MadeDeployment = Deliverybot.Sandbox.World.Deployment;
using Repository = Deliverybot.Sandbox.World.Repository;

namespace Deliverybot.Tests.Jobs.Events.History;

/// <summary>docs/operating.md, Backup and clean-up: the Site has gone on since the backup was made, and is lost.</summary>
public sealed class RestoredDatabaseTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const string Checked = "production:\n  auto_deploy_on: refs/heads/main\n  required_contexts: [ci]\n";

    private readonly House house = new(postgreSql);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Nothing_that_was_done_since_is_done_again_and_the_next_push_goes_out()
    {
        var repository = house.CreateRepository(Checked);
        var tea = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.AwaitAsync(repository, tea, DeploymentState.Waiting, "Checks");
        await using var restored = await Backup.RestoreAsync(postgreSql, house.Database);
        // One that was under way at that moment: its push told of the same commit, under another number.
        await ExecuteAsync(restored, "update webhook_deliveries set processed_at = null, dispatched_at = null where event = 'push'");

        var first = await GoOutAsync(repository, tea);
        var milk = house.World.Push(repository, "main", house.Ada, "Milk");
        await house.AwaitAsync(repository, milk, DeploymentState.Waiting, "Checks");
        var second = await GoOutAsync(repository, milk);
        var given = (await house.DeploymentsAsync(repository)).Max(row => row.Id.Value);

        (await SiteApplication.CatchUpAsync(Arguments(restored), Stop)).ShouldBeEmpty();

        var rows = await RowsAsync(restored, repository);
        rows.Select(row => (row.GitHubId!.Value.Value, row.State, row.Cause)).ShouldBe(
        [
            (first.Id, DeploymentState.Success, DeploymentCause.Push), (second.Id, DeploymentState.Success, DeploymentCause.External),
        ]);
        await using (var site = SiteApplication.Build(Arguments(restored)))
        {
            await site.StartAsync(Stop);
            house.World.Webhooks.Url = new Uri(new Uri(site.Urls.Single()), "/_/webhooks/github");
            var sugar = house.World.Push(repository, "main", house.Ada, "Sugar");
            await UntilAsync(restored, repository, row => row.Sha == new CommitSha(sugar) && row.State == DeploymentState.Waiting && row.Gate == "Checks");
            house.World.SetStatus(repository, sugar, "ci", "success");
            var third = await UntilAsync(restored, repository, row => row.Sha == new CommitSha(sugar) && row.State == DeploymentState.Pending);
            await site.StopAsync(Stop);

            third.Id.Value.ShouldBeGreaterThan(given, "its number is at GitHub already");
        }

        repository.Deployments.Select(deployment => deployment.Sha).Distinct().Count().ShouldBe(3);
        repository.Deployments.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_GitHub_does_not_answer_is_named_and_left_for_the_next_call()
    {
        var repository = house.CreateRepository(Checked);
        var tea = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.AwaitAsync(repository, tea, DeploymentState.Waiting, "Checks");
        await using var restored = await Backup.RestoreAsync(postgreSql, house.Database);
        var fault = new FaultRule { Method = "GET", Route = "/repos/{owner}/{repo}/deployments", ErrorShare = 1, ErrorStatus = 403 };
        house.GitHub.Faults.Add(fault);

        var left = await SiteApplication.CatchUpAsync(Arguments(restored), Stop);
        house.GitHub.Faults.Clear();
        var then = await SiteApplication.CatchUpAsync(Arguments(restored), Stop);

        left.ShouldHaveSingleItem().ShouldStartWith(repository.FullName);
        then.ShouldBeEmpty();
        (await RowsAsync(restored, repository)).ShouldHaveSingleItem().State.ShouldBe(DeploymentState.Waiting);
    }

    [Fact]
    public async Task A_backup_that_holds_the_mark_of_an_earlier_restoration_is_begun_anew()
    {
        var repository = house.CreateRepository(Checked);
        var tea = house.World.Push(repository, "main", house.Ada, "Tea");
        await house.AwaitAsync(repository, tea, DeploymentState.Waiting, "Checks");
        await using var restored = await Backup.RestoreAsync(postgreSql, house.Database);
        await ExecuteAsync(restored, "insert into upkeep_marks (name, at) values ('restored 1', now()); update webhook_deliveries set processed_at = null");

        (await SiteApplication.CatchUpAsync(Arguments(restored), Stop)).ShouldBeEmpty();

        await using var left = restored.Source.CreateCommand("select (select count(*) from upkeep_marks where name like 'restored%') + (select count(*) from webhook_deliveries where processed_at is null)");
        (await left.ExecuteScalarAsync(Stop)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_database_that_is_in_use_is_left_alone()
    {
        await using var restored = await Backup.RestoreAsync(postgreSql, house.Database);
        await ExecuteAsync(restored, "insert into hangfire.server (id, data, lastheartbeat) values ('web:1:a', '{\"WorkerCount\": 1}', now())");

        var refused = await Should.ThrowAsync<DatabaseInUseException>(() => SiteApplication.CatchUpAsync(Arguments(restored), Stop));

        refused.Message.ShouldContain("Stop them all");
    }

    /// <summary>It has no workers, so it gives no sign of life.</summary>
    [Fact]
    public async Task A_database_that_pages_are_read_from_is_left_alone()
    {
        await using var restored = await Backup.RestoreAsync(postgreSql, house.Database);
        await using (var web = SiteApplication.Build(Arguments(restored, "--Deliverybot:Roles=web")))
        {
            await web.StartAsync(Stop);
            await house.EventuallyAsync(() => IsListenedToAsync(restored), "it listens");

            (await Should.ThrowAsync<DatabaseInUseException>(() => SiteApplication.CatchUpAsync(Arguments(restored), Stop))).Message.ShouldContain("1 with pages");
            await web.StopAsync(Stop);
        }

        (await SiteApplication.CatchUpAsync(Arguments(restored), Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_sealed_is_opened_with_the_certificate_of_then_and_no_other()
    {
        var folder = Directory.CreateTempSubdirectory("deliverybot-restored-");
        try
        {
            var (same, other) = (Certificate("same"), Certificate("other"));
            await using var lost = new TestDatabase(postgreSql);
            await lost.InitializeAsync();
            string cookie;
            await using (var before = SiteApplication.Build(Arguments(lost, same)))
            {
                cookie = Protector(before).Protect("ada");
            }

            await using var restored = await Backup.RestoreAsync(postgreSql, lost);
            await using var with = SiteApplication.Build(Arguments(restored, same));
            await using var without = SiteApplication.Build(Arguments(restored, other));

            Protector(with).Unprotect(cookie).ShouldBe("ada");
            Should.Throw<CryptographicException>(() => Protector(without).Unprotect(cookie));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Certificate(string name)
        {
            var setting = $"--Deliverybot:KeyCertificatePath={Path.Combine(folder.FullName, $"{name}.pfx")}";
            SiteApplication.MakeCertificate(["certificate", setting]).ShouldBeTrue();
            return setting;
        }

        static IDataProtector Protector(WebApplication site) => site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("a session");
    }

    private async Task<MadeDeployment> GoOutAsync(Repository repository, string sha)
    {
        house.World.SetStatus(repository, sha, "ci", "success");
        await house.AwaitAsync(repository, sha, DeploymentState.Pending);
        var made = repository.Deployments.Single(deployment => deployment.Sha == sha);
        house.World.SetDeploymentStatus(repository, made, "success");
        await house.AwaitAsync(repository, sha, DeploymentState.Success);
        return made;
    }

    private string[] Arguments(TestDatabase database, params string[] more) =>
    [
        "--environment=Development", "--urls=http://127.0.0.1:0",
        .. HouseSettings.For(house.GitHub, database, house.SiteUrl, "web,worker").Select(setting => $"--{setting.Key}={setting.Value}"),
        .. more,
    ];

    private static async Task<IReadOnlyList<Deployment>> RowsAsync(TestDatabase database, Repository repository)
    {
        var options = new DbContextOptionsBuilder<DeliverybotContext>();
        options.UseDeliverybot(database.Source.CreateConnection());
        await using var db = new DeliverybotContext(options.Options);
        return await db.Deployments.AsNoTracking().Where(row => row.RepositoryId == new RepositoryId(repository.Id)).OrderBy(row => row.Id).ToListAsync(Stop);
    }

    private async Task<Deployment> UntilAsync(TestDatabase database, Repository repository, Func<Deployment, bool> isIt)
    {
        Deployment? found = null;
        await house.EventuallyAsync(async () => (found = (await RowsAsync(database, repository)).FirstOrDefault(isIt)) is not null, "the restored Site has it");
        return found!;
    }

    private static async Task<bool> IsListenedToAsync(TestDatabase database)
    {
        await using var ask = database.Source.CreateCommand($"select exists (select from pg_stat_activity where datname = current_database() and query = '{ChangesChannel.Listen}')");
        return (bool)(await ask.ExecuteScalarAsync(Stop))!;
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
