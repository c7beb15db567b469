using Deliverybot.Data;
using Deliverybot.Jobs.AutoDeploy;
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
using Deliverybot.Jobs.Promotion;
using Deliverybot.Jobs.PullRequests;
using Deliverybot.Jobs.Rehearsing;
using Deliverybot.Jobs.Rollbacks;
using Deliverybot.Jobs.SignIn;
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
        AddDomain(services);
        AddGates(services);
        services.AddInstallations();
        services.AddHistory();
        services.AddPullRequests();
        services.AddMetricsQueries();
        services.AddRehearsing();
        services.AddUpkeep();
        services.AddLocks();
        services.AddRollbacks();
        services.AddPromotion();
        services.AddPersonalData();
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

    private static void AddDomain(IServiceCollection services)
    {
        services.AddSingleton<DeliveryInbox>();
        services.AddSingleton<DispatchSignal>();
        services.AddSingleton<DeliveryRelevance>();
        services.AddSingleton<NewDeliveries>();
        services.AddSingleton<DeployFiles>();
        services.AddScoped<DeliveryProcessor>();
        services.AddScoped<RefHeads>();
        services.AddScoped<Rules>();
        services.AddScoped<AutoDeployments>();
        services.AddScoped<DroppedCommits>();
        services.AddScoped<LateEvents>();
        services.AddScoped<TakenAlong>();
        services.AddScoped<PullRequestEnding>();
        services.AddScoped<ForkRules>();
        services.AddScoped<DeploymentWishes>();
        services.AddScoped<DeploymentCreator>();
        services.AddScoped<DeploymentEvaluator>();
        services.AddScoped<ManualActivity>();
        services.AddScoped<InstallationEvaluator>();
        services.AddScoped<ManualDeployments>();
        services.AddScoped<ManualWishes>();
        services.AddScoped<Cancellations>();
        services.AddScoped<CommitChoice>();
        services.AddSingleton<SiteLinks>();
        services.AddScoped<CommitStatusWriter>();
        services.AddScoped<DueCommitStatuses>();
        services.AddScoped<WriteCommitStatusJob>();
        services.AddSingleton<ConfigStatuses>();
        services.AddScoped<RulesChange>();
        services.AddScoped<WishRecord>();
        services.AddScoped<WaitingWishes>();
        services.AddScoped<DeploymentBook>();
        services.AddScoped<AfterFactsReader>();
        services.AddScoped<GateFactsReader>();
        services.AddScoped<ProcessDeliveriesJob>();
        services.AddScoped<EvaluateDeploymentJob>();
        services.AddKeyedScoped<IDeliveryHandler, PushHandler>("push");
        services.AddKeyedScoped<IDeliveryHandler, PullRequestHandler>("pull_request");
        services.AddKeyedScoped<IDeliveryHandler, ReleaseHandler>("release");
        services.AddKeyedScoped<IDeliveryHandler, StatusHandler>("status");
        services.AddKeyedScoped<IDeliveryHandler, CheckRunHandler>("check_run");
        services.AddKeyedScoped<IDeliveryHandler, CheckSuiteHandler>("check_suite");
        services.AddKeyedScoped<IDeliveryHandler, DeploymentHandler>("deployment");
        services.AddKeyedScoped<IDeliveryHandler, DeploymentStatusHandler>("deployment_status");
        services.AddKeyedScoped<IDeliveryHandler, PipelineHandler>("deployment_status");
        services.AddKeyedScoped<IDeliveryHandler, InstallationHandler>("installation");
    }

    /// <summary>A new gate is one line here; the order is the order they are asked in.</summary>
    private static void AddGates(IServiceCollection services)
    {
        services.AddSingleton<IGate, FreshnessGate>();
        services.AddSingleton<IGate, AlreadyThereGate>();
        services.AddSingleton<IGate, LockGate>();
        services.AddSingleton<IGate, AfterGate>();
        services.AddSingleton<IGate, QueueGate>();
        services.AddSingleton<IGate, ChecksGate>();
        services.AddSingleton<GateRow>();
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
