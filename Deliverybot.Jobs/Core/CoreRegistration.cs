using Deliverybot.Jobs.Core.Branches;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Core.Rights;
using Deliverybot.Jobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Core;

internal static class CoreRegistration
{
    public static IServiceCollection AddCore(this IServiceCollection services) => services
        .AddSingleton<TurnQueue>()
        .AddScoped<DeploymentWishes>()
        .AddScoped<DeploymentCreator>()
        .AddScoped<DeploymentEvaluator>()
        .AddScoped<ResolvedNames>()
        .AddScoped<InstallationEvaluator>()
        .AddScoped<EvaluateDeploymentJob>()
        .AddScoped<WishWriter>()
        .AddSingleton<DeploymentMetrics>()
        .AddScoped<Occasion>()
        .AddScoped<LatestInQueue>()
        .AddScoped<EarlierRequests>()
        .AddScoped<LookFacts>()
        .AddScoped<WaitingWishes>()
        .AddScoped<CheckNews>()
        .AddSingleton<LookClock>()
        .AddScoped<DueLooks>()
        .AddScoped<ManualActivity>()
        .AddScoped<AbandonedAttempts>()
        .AddScoped<TransientEnvironments>()
        .AddScoped<Unheard>()
        .AddScoped<ToldRoles>()
        .AddSingleton<RecentRoles>()
        .AddScoped<PersonRights>()
        .AddScoped<WishRights>()
        .AddScoped<ForcedPast>()
        .AddScoped<FailedEarlier>()
        .AddScoped<Preview>()
        .AddScoped<TakenBack>()
        .AddScoped<Standings>()
        .AddScoped<LastingEnvironments>()
        .AddScoped<RefHeads>()
        .AddScoped<KnownInstallations>()
        .AddSingleton<HeardNames>()
        .AddScoped<KnownRepositories>()
        .AddScoped<RepositoryFinder>()
        .AddScoped<DeployFileFaults>()
        .AddScoped<Holds>()
        .AddScoped<HoldForecast>()
        .AddScoped<KeptBack>()
        .AddScoped<ReleaseJob>()
        .AddScoped<KeptJob>()
        .AddScoped<FollowersJob>();
}
