using Npgsql;
using Xunit;

namespace Deliverybot.Tests.Harness;

/// <summary>A database for one test class: migrated, empty, and shared with nobody.</summary>
public sealed class TestDatabase(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private NpgsqlDataSource? source;

    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource Source => source!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgreSql.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        source = NpgsqlDataSource.Create(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (source is not null)
        {
            await source.DisposeAsync();
            await postgreSql.DropDatabaseAsync(ConnectionString);
        }
    }
}
