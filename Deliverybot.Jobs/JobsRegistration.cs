using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Acts.Failing;
using Deliverybot.Jobs.Acts.Locks;
using Deliverybot.Jobs.Acts.Promotion;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.Changes;
using Deliverybot.Jobs.Channels;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Core.Locks;
using Deliverybot.Jobs.Core.Reports;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Events;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Metrics;
using Deliverybot.Jobs.Privacy;
using Deliverybot.Jobs.Surfaces.PullRequests;
using Deliverybot.Jobs.Surfaces.Slack;
using Deliverybot.Jobs.Surfaces.Words;
using Deliverybot.Jobs.Upkeep;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Deliverybot.Jobs;

/// <summary>What the site asks for: the domain, the inbox (role web) and the workers (role worker).</summary>
public static class JobsRegistration
{
    /// <summary>Everything that decides and deploys. EF Core and Hangfire have the same data source wherever they work, so that both can join one transaction.</summary>
    public static IServiceCollection AddDeliverybotJobs(this IServiceCollection services, IConfiguration configuration, string connectionString)
    {
        services.AddDatabase(connectionString);
        services.AddSingleton(provider => provider.GetRequiredService<DatabasePools>().Jobs);
        // Registered before Hangfire's own, which are statics: several sites can run in one process, each with its own jobs.
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton<JobStorage>(provider => StorageOn(provider.GetRequiredService<DatabasePools>()));
        services.AddSingleton<IJobFilterProvider>(new JobFilters(new TracedJobs(), new UrgentJobs()));
        services.AddHangfire((provider, hangfire) => hangfire
            .UseLogProvider(new HangfireLog(provider.GetRequiredService<ILoggerFactory>()))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseTypeSerializer(JobNames.Of)
            .UseTypeResolver(JobNames.Find)
            .UseRecommendedSerializerSettings());
        services.AddGitHub(configuration);
        services.AddOptions<PublicUrlOptions>().Bind(configuration.GetSection(PublicUrlOptions.Section));
        services.AddSingleton<SiteLinks>();
        services.AddSingleton<DeployFiles>();
        services.AddGates();
        services.AddSingleton<WorkOwners>();
        services.AddSingleton<JobSubjects>();
        services.AddSingleton<DeploymentJobs>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<ObservedJobs>();
        services.AddSingleton(provider => WorkerShares.Of(provider.GetRequiredService<DatabasePools>().Sizes.Workers));
        services.AddCore();
        services.AddReports();
        services.AddLocks();
        services.AddActs();
        services.AddChanges();
        services.AddComments();
        services.AddChannels();
        services.AddCommands();
        services.AddCommentCommands();
        services.AddEvents();
        services.AddMetricsQueries();
        services.AddUpkeep();
        services.AddPrivacy();
        services.AddSlackCommands(configuration);
        return services;
    }

    /// <summary>The connections of this process, and contexts on them.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string connectionString) => services
        .AddSingleton(_ => new DatabasePools(connectionString))
        .AddSingleton<PooledContexts>()
        .AddScoped(provider => provider.GetRequiredService<PooledContexts>().Create());

    /// <summary>What acts stand on, and the one that is no command. All others are registered with the commands that call them.</summary>
    private static void AddActs(this IServiceCollection services) => services
        .AddScoped<Admission>()
        .AddScoped<ManualWishes>()
        .AddScoped<CommitChoice>()
        .AddScoped<MissingPullRequests>()
        .AddScoped<KnownEnvironments>()
        .AddScoped<EnvironmentRights>()
        .AddScoped<EarlierDeployments>()
        .AddScoped<RollbackPlaces>()
        .AddScoped<PullRequestEnvironments>()
        .AddScoped<Consequences>()
        .AddScoped<PromotionOutlook>()
        .AddScoped<FailureMarks>();

    /// <summary>Takes webhooks in.</summary>
    public static IServiceCollection AddDeliveryInbox(this IServiceCollection services) =>
        services.AddHostedService<DeliveryWriter>();

    /// <summary>Makes jobs of deliveries and carries them out.</summary>
    public static IServiceCollection AddDeliverybotWorkers(this IServiceCollection services)
    {
        services.AddHostedService(provider => provider.GetRequiredService<ReceivingFirst>());
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryLanes>());
        services.AddHostedService<DeliveryDispatcher>();
        services.AddHostedService<RecurringJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<LookClock>());
        return services.AddHangfireServer(WorkerShares.Common).AddHangfireServer(WorkerShares.Reserved);
    }

    private static PostgreSqlStorage StorageOn(DatabasePools pools) =>
        WakingQueue.Use(new PostgreSqlStorage(new SharedConnectionFactory(pools), HangfireStorage.Options), pools);

    private sealed class SharedConnectionFactory(DatabasePools pools) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => pools.Current.CreateConnection();
    }
}
