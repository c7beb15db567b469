using Deliverybot.Data;
using Deliverybot.Jobs.AutoDeploy;
using Deliverybot.Jobs.Branches;
using Deliverybot.Jobs.Checks;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.History;
using Deliverybot.Jobs.Installations;
using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Live;
using Deliverybot.Jobs.Locks;
using Deliverybot.Jobs.Metrics;
using Deliverybot.Jobs.Privacy;
using Deliverybot.Jobs.Promotion;
using Deliverybot.Jobs.PullRequests;
using Deliverybot.Jobs.Rehearsing;
using Deliverybot.Jobs.Rollbacks;
using Deliverybot.Jobs.Slack;
using Deliverybot.Jobs.Statuses;
using Deliverybot.Jobs.Upkeep;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Deliverybot.Jobs;

/// <summary>What the site asks for: the domain, the inbox (role web) and the workers (role worker).</summary>
public static class JobsRegistration
{
    private const int Workers = 20;

    /// <summary>Everything that decides and deploys. The one data source serves EF Core and Hangfire, so that both can join one transaction.</summary>
    public static IServiceCollection AddDeliverybotJobs(this IServiceCollection services, IConfiguration configuration, string connectionString)
    {
        services.AddSingleton(_ => DataSourceOf(connectionString));
        services.AddDbContextPool<DeliverybotContext>((provider, options) =>
            options.UseDeliverybot(provider.GetRequiredService<NpgsqlDataSource>()));
        // Registered before Hangfire's own, which are statics: several sites can run in one process, each with its own jobs.
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton<JobStorage>(provider => new PostgreSqlStorage(
            new SharedConnectionFactory(provider.GetRequiredService<NpgsqlDataSource>()), HangfireStorage.Options));
        services.AddHangfire((provider, hangfire) => hangfire
            .UseLogProvider(new HangfireLog(provider.GetRequiredService<ILoggerFactory>()))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
        services.AddGitHub(configuration);
        services.AddOptions<PublicUrlOptions>().Bind(configuration.GetSection(PublicUrlOptions.Section));
        services.AddSingleton<SiteLinks>();
        services.AddSingleton<DeployFiles>();
        services.AddDeliveries();
        services.AddGates();
        services.AddDeploying();
        services.AddStatuses();
        services.AddChecks();
        services.AddBranches();
        services.AddAutoDeploy();
        services.AddInstallations();
        services.AddHistory();
        services.AddPullRequests();
        services.AddMetricsQueries();
        services.AddRehearsing();
        services.AddUpkeep();
        services.AddLocks();
        services.AddRollbacks();
        services.AddPromotion();
        services.AddPrivacy();
        services.AddSlackCommands(configuration);
        services.AddHeadNews();
        return services;
    }

    /// <summary>Takes webhooks in.</summary>
    public static IServiceCollection AddDeliveryInbox(this IServiceCollection services) =>
        services.AddHostedService<DeliveryWriter>();

    /// <summary>Makes jobs of deliveries and carries them out.</summary>
    public static IServiceCollection AddDeliverybotWorkers(this IServiceCollection services)
    {
        services.AddHostedService<DeliveryDispatcher>();
        services.AddHostedService<UpkeepSchedule>();
        return services.AddHangfireServer(options =>
        {
            options.WorkerCount = Workers;
            options.SchedulePollingInterval = TimeSpan.FromSeconds(2);
        });
    }

    private static NpgsqlDataSource DataSourceOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 80;
        }

        // Resetting a connection each time it goes back costs seven statements, and a push takes one seven times. Who gives it a state
        // ends what he began: the lock of an environment's turn, and the listening for changes.
        settings.NoResetOnClose = true;

        // Who listens for changes sends nothing: if the network forgets the connection, he would wait for ever.
        if (settings is { KeepAlive: 0, TcpKeepAlive: false })
        {
            settings.TcpKeepAlive = true;
            settings.TcpKeepAliveTime = 30;
        }

        return NpgsqlDataSource.Create(settings);
    }

    private sealed class SharedConnectionFactory(NpgsqlDataSource dataSource) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => dataSource.CreateConnection();
    }
}
