using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.Events.AutoDeploy;
using Deliverybot.Jobs.Events.Branches;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Deployments;
using Deliverybot.Jobs.Events.History;
using Deliverybot.Jobs.Events.Installations;
using Deliverybot.Jobs.Events.PullRequests;
using Deliverybot.Jobs.Events.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Events;

internal static class EventsRegistration
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        foreach (var handler in Routes.All.SelectMany(route => route.Handlers))
        {
            services.AddScoped(handler);
        }

        return services
            .AddSingleton(Routes.Table)
            .AddDeliveries()
            .AddAutoDeploy()
            .AddDeployments()
            .AddInstallations()
            .AddHistory()
            .AddRules()
            .AddPullRequests()
            .AddSingleton<HeadNews>()
            .AddHostedService(provider => provider.GetRequiredService<HeadNews>());
    }

    private static IServiceCollection AddDeliveries(this IServiceCollection services) => services
        .AddSingleton<DeliveryInbox>()
        .AddSingleton<WebhookMetrics>()
        .AddSingleton<DispatchSignal>()
        .AddSingleton<ReceivingFirst>()
        .AddSingleton<AwaitedCommits>()
        .AddSingleton<DeliveryRelevance>()
        .AddSingleton<NewDeliveries>()
        .AddSingleton<DeliveryLanes>()
        .AddScoped<DeliveryProcessor>()
        .AddScoped<ProcessDeliveriesJob>()
        .AddRecurring<LostDeliveriesJob>("upkeep-lost-deliveries", Cadence.EveryFiveMinutes, job => job.RunAsync(CancellationToken.None));

    private static IServiceCollection AddAutoDeploy(this IServiceCollection services) => services
        .AddScoped<AutoDeployments>()
        .AddScoped<DeletedRefs>()
        .AddScoped<DroppedCommits>()
        .AddScoped<LateEvents>()
        .AddScoped<TagMoves>()
        .AddScoped<DeployedInPlace>()
        .AddScoped<HeardBefore>();

    private static IServiceCollection AddDeployments(this IServiceCollection services) => services
        .AddScoped<OthersDeployments>()
        .AddScoped<DeploymentRows>();

    private static IServiceCollection AddInstallations(this IServiceCollection services) => services
        .AddScoped<Removals>()
        .AddScoped<LookOnceMoreJob>();

    private static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddScoped<Histories>()
        .AddScoped<HistoryWriter>()
        .AddScoped<ReadHistoryJob>()
        .AddScoped<RestoredDatabase>()
        .AddRecurring<MissingHistoryJob>("upkeep-missing-history", Cadence.Hourly, job => job.RunAsync(CancellationToken.None));

    private static IServiceCollection AddPullRequests(this IServiceCollection services) => services
        .AddScoped<KnownClosings>()
        .AddScoped<PullRequestEnding>()
        .AddScoped<KeptLocks>()
        .AddScoped<LockStaysJob>()
        .AddScoped<LockEndedJob>();

    private static IServiceCollection AddRules(this IServiceCollection services) => services
        .AddScoped<RulesInForce>()
        .AddScoped<PushedRules>()
        .AddScoped<ProposedRules>()
        .AddSingleton<ForkLooks>()
        .AddScoped<TellChangedRulesJob>()
        .AddScoped<TellForkJob>()
        .AddScoped<ToldRules>()
        .AddSingleton<ConfigStatuses>()
        .AddScoped<WriteConfigStatusJob>()
        .AddScoped<BrokenRules>()
        .AddScoped<TellBrokenRulesJob>();
}
