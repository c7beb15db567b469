using Deliverybot.Data;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Xunit;

namespace Deliverybot.Tests.Migrations;

/// <summary>A database that goes back to what an earlier release had, and forth again, with one repository.</summary>
internal sealed class OlderDatabase(TestDatabase database)
{
    public static readonly RepositoryId Shop = new(7);

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<T> ReadAsync<T>(Func<DeliverybotContext, Task<T>> read)
    {
        var options = new DbContextOptionsBuilder<DeliverybotContext>();
        options.UseDeliverybot(database.Source.CreateConnection());
        await using var db = new DeliverybotContext(options.Options);
        return await read(db);
    }

    /// <summary>To what the migration has left; null: to the newest.</summary>
    public Task<bool> MigrateAsync(string? migration) => ReadAsync(async db =>
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.GetService<IMigrator>().MigrateAsync(migration, Stop);
        return true;
    });

    public async Task ExecuteAsync(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(Stop);
    }

    /// <summary>Asks again and again until the answer is yes. Between two questions it holds no lock.</summary>
    public async Task UntilAsync(string question)
    {
        await using var command = database.Source.CreateCommand(question);
        while (await command.ExecuteScalarAsync(Stop) is not true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Stop);
        }
    }

    public Task<int> AddShopAsync() => ReadAsync(async db =>
    {
        if (!await db.Repositories.AnyAsync(row => row.Id == Shop, Stop))
        {
            db.Add(new Installation { Id = new InstallationId(7), Account = new GitHubLogin("acme"), CreatedAt = DateTimeOffset.UnixEpoch });
            db.Add(new Repository { Id = Shop, InstallationId = new InstallationId(7), Owner = "acme", Name = "shop", DefaultBranch = "main" });
        }

        return await db.SaveChangesAsync(Stop);
    });

    /// <summary>Of the rows with this task, in the order in which they were written.</summary>
    public Task<List<DeploymentOrigin>> OriginsAsync(string task) => ReadAsync(async db =>
        (await db.Deployments.AsNoTracking().Where(row => row.Task == task).OrderBy(row => row.Id).ToListAsync(Stop)).ConvertAll(row => row.Origin));

    public Task<NpgsqlConnection> ConnectAsync() => database.Source.OpenConnectionAsync(Stop).AsTask();
}
