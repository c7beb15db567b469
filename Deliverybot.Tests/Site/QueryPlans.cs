using System.Collections.Concurrent;
using System.Diagnostics;
using Deliverybot.Jobs.Engine;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>
/// The plan of each query that a house's Site makes, its parameters and all: PostgreSQL itself explains what it carries out, by its module
/// auto_explain, and sends the plan along with the rows. Heard on every connection that an EF Core context opens.
/// </summary>
internal sealed class QueryPlans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Explaining =
        """
        load 'auto_explain';
        do $$ begin
          execute format('alter database %I set session_preload_libraries = auto_explain', current_database());
          execute format('alter database %I set auto_explain.log_min_duration = 0', current_database());
          execute format('alter database %I set auto_explain.log_format = json', current_database());
          execute format('alter database %I set auto_explain.log_level = notice', current_database());
        end $$
        """;

    private readonly ConcurrentQueue<QueryPlan> seen = new();
    private readonly ConcurrentBag<IDisposable> subscriptions = [];
    private readonly House house;

    /// <param name="house">Not started yet: where nobody listens, EF Core doesn't look again for a while whether somebody does.</param>
    public QueryPlans(House house)
    {
        this.house = house;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Has every query explained from now on.</summary>
    public async Task ExplainAsync()
    {
        await using (var command = house.Database.Source.CreateCommand(Explaining))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        // What is set for a database holds for the connections that are made afterwards.
        house.Services.GetRequiredService<DatabasePools>().Clear();
    }

    /// <summary>The plans since the last time.</summary>
    public IReadOnlyList<QueryPlan> Take()
    {
        var taken = new List<QueryPlan>();
        while (seen.TryDequeue(out var plan))
        {
            taken.Add(plan);
        }

        return taken;
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions)
        {
            subscription.Dispose();
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this, name => name == RelationalEventId.ConnectionOpened.Name));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // Houses of other tests are in this process, too.
        if (value.Value is ConnectionEndEventData { Connection: NpgsqlConnection connection } && IsOfHouse(connection))
        {
            connection.Notice -= Hear;
            connection.Notice += Hear;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private bool IsOfHouse(NpgsqlConnection connection) =>
        connection.Database == new NpgsqlConnectionStringBuilder(house.Database.ConnectionString).Database;

    private void Hear(object sender, NpgsqlNoticeEventArgs notice)
    {
        if (QueryPlan.Read(notice.Notice.MessageText) is { } plan)
        {
            seen.Enqueue(plan);
        }
    }
}
